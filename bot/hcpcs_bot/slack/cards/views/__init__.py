"""Views: the App Home, the look-up modal, every field of a record."""
