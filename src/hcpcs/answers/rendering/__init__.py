"""Answers in words: the sentences that they share, plain text and JSON."""
