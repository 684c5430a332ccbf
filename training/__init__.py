"""Makes the readers: our own corpus, training and evaluation; the product runs none of it."""
