"""Answers that a client or this process has already."""
