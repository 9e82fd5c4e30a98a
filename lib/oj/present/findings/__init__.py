"""Sentences made from the figures by rules; each knows its rows."""
