"""The value that is asked: pages, questions, logic and texts per language."""
