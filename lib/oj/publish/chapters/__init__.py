"""Which chapters a book has, and the notebook that each is made from."""
