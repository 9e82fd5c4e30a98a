"""Reports built on other computers, by dask.distributed, as they would be here."""
