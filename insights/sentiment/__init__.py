"""What comments say: each language has a reader; a language without one stays unread."""

from insights.sentiment.reading import Reading, read, reader_of

__all__ = ["Reading", "read", "reader_of"]
