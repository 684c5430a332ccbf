"""The durable to-do table: put in the caller's transaction, claimed with a lease, run, retried."""
