"""The survey behind an edition, and a filled-in form read back."""
