"""Findings: true sentences of a journey as values, in order, for board, mail and command."""
