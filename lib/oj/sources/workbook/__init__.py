"""A file of results read whole: opened, its tables read and put beside each other, and what is told of them."""
