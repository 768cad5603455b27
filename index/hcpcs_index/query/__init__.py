"""From typed words to concepts: parsing, vocabulary, filters and confidence."""
