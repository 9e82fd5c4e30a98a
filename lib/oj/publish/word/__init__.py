"""The book in Word: what pandoc and Quarto leave out is finished."""
