"""The tables on a stranger's sheets, each walked once: found and seen (`seen`), and doubted as a whole (`doubt`).

A wide table and a long one both become lines (`lines`), one for each indicator and place, and one reader makes them
results (`reader`); `read` has the order. What words mean stands in `oj.sources.terms`.
"""
