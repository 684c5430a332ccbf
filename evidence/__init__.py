"""How good the product's own statistics are, measured on answers whose truth is known."""
