"""A file of results read whole, and what is told of it."""
