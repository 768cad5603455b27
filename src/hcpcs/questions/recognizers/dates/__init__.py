"""Dates in a text: their forms, and the words that say what a date is the date of."""
