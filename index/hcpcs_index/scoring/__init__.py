"""Scores: postings, the search table, and the ranking of records."""
