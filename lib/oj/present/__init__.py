"""From results to what a reader sees: tables, charts, sentences and fact sheets."""
