"""The survey behind an edition, and a filled-in form read back: its parts, their answers, and all faults at once."""
