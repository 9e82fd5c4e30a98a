"""Maps of a county's municipalities."""
