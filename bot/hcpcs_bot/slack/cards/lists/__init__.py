"""Cards of lists: a search, a family, the changes between releases, a digest."""
