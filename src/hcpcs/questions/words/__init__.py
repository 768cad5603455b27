"""Words: normalization, tokens, phrases, lists, and the words that carry no subject."""
