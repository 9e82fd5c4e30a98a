"""The tables on a stranger's sheets, each walked once: found (`head`), seen (`seen`), and doubted as a whole (`doubt`).

A wide table and a long one both become lines, one for each indicator and place, and one reader makes them results.
"""
