"""What a workbook says of comparing its years, and of which questions."""
