"""The pages, each with what it answers and what it lets be done."""
