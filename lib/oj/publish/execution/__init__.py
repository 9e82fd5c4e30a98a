"""Notebooks run with parameters, each in a process of its own."""
