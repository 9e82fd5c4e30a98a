"""All that is built as one place: the start page of the reports, and the folder for the web with open data."""
