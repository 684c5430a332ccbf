"""Verbs: the only code that writes and commits; one commit and named errors."""
