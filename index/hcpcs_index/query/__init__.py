"""From typed words to concepts: parsing, vocabulary, spelling and filters."""
