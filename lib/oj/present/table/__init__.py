"""Tables as a reader sees them."""
