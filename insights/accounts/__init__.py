"""Accounts: companies of several people, counted in three ways, and who of them was heard."""
