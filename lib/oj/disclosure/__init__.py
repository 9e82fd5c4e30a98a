"""The only room that sees figures before any is hidden: what is hidden, and that nobody can work it out."""
