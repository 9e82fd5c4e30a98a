"""Workbooks that people fill in: the survey, and the template for a county's results."""
