"""Doses of several drugs in one question: named in words, or beside the codes of a list."""
