"""What a notebook may see: the tables of figures, with everything that is to be hidden already hidden."""
