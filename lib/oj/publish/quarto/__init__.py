"""The book rendered by Quarto, where that is asked for."""
