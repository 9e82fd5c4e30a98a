"""The book in each format without Quarto: syntax tree, HTML, PDF."""
