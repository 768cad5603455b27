"""Synonyms: what people write instead of the words of the records, in data files with their sources."""
