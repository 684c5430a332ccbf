"""Wording: what pages and commands say of numbers, in sentences that are true."""
