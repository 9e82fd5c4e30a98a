"""From notebooks to a finished report: execute, lay out as a book, render, record what was built."""
