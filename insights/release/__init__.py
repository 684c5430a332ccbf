"""Release: what may be told of few people, so that nothing can be subtracted."""
