"""Whether a domain and its editions are whole, every fault of their files told at once; and what checks a report."""
