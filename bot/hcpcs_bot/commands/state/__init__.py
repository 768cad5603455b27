"""The commands that read the database of the state."""
