"""Releases as one history: built, stored, and queried by code, day and change."""
