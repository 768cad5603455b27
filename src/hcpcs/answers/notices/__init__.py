"""Notices beside an answer: days, payers, records, unused words, and what can't be answered."""
