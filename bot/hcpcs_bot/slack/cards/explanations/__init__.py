"""Cards that explain: a term, the contacts, how to ask, a refusal."""
