"""The first two pages of a report."""
