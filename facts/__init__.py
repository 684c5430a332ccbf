"""Rows to columns: what was answered, as a table of facts that insight can be read from."""
