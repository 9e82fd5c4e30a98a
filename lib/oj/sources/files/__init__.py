"""Files that strangers bring, read as they are seen: Excel and CSV to cells."""
