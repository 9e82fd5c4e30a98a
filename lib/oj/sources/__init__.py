"""Where results come from; every source gives the same tidy table."""
