"""Queries: typed words parsed into concepts, with vocabulary, spelling and filters."""
