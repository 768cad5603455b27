"""Codes in a text: as written, in ranges and prefixes, mistyped, and dictated."""
