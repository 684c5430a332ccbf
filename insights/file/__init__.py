"""File: the analysis of any file of answers, without importing it."""
