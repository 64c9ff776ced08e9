"""From data to shipped weights."""
