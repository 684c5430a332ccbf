"""Pain: how many points of satisfaction each touchpoint costs, how sure that is, how it changes."""
