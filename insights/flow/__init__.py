"""Flow: who goes from stage to stage, how fast, who leaves, and what comes of it."""
