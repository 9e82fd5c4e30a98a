"""Kolada's API: asked, kept, understood, and its values stored beside the facts."""
