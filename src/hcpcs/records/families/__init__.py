"""Families of codes: by the words that name them, and the NOC codes."""
