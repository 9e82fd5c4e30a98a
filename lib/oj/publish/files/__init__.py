"""Files to hand over beside the book: a workbook, a folder for each municipality, single charts."""
