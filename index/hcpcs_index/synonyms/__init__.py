"""Synonyms: what people say for what the records say."""
