"""Backup of the database into one file, and its restore."""
