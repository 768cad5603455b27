"""Modifiers by meaning: the origin and destination of an ambulance, and what modifiers are for."""
