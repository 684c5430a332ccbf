"""The demonstration: an invented company, the words of its customers, and what happened there."""
