"""Masking: personal data in comments, found and covered."""
