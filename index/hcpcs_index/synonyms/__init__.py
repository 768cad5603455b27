"""Synonyms: what people write for the words of the records, in data files with their sources."""
