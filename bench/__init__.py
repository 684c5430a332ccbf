"""What it costs: each file measures one thing and prints a table."""
