"""What is measured, where and in which edition: the tables and texts of `data/`, the parameters of `params/`."""
