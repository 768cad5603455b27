"""Lists of changes: those by the dates in the records, those between two releases, and those of an item in words."""
