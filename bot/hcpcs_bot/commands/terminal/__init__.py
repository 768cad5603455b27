"""Answers in a terminal, drawn with rich; also readable in 80 columns and without color."""
