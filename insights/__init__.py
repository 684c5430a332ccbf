"""Pure insight: an Ibis table or a small frame in, a small frame out; no web, no database."""
