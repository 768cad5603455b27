"""Recognizers: each finds one kind of thing in a text (codes, dates, quantities) and returns its spans."""
