"""The inverted index: documents, scored postings, Whoosh's files, and the table that is searched."""
