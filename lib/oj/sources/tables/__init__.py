"""The tables on a stranger's sheets: found, doubted, read to results."""
