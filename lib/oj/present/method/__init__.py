"""The method chapter: what is measured, from where, by which rules, and what is uncertain."""
