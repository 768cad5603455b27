"""The search: a Whoosh index of the code records, and the searcher behind the desk's search port."""
