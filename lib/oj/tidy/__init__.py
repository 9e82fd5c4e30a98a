"""One tidy table of figures, by measure, place, period, group and source; everything hidden is hidden already."""
