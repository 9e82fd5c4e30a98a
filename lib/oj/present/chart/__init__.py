"""Charts as SVG, each with an alt text."""
