"""How a browser asks and is answered: on what ground, who may, which page, which files it brings."""
