"""A workbook of any edition and domain, read cell by cell: every figure is read, left out with a reason, or a fault."""
