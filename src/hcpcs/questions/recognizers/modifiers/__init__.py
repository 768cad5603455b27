"""Modifiers in a text: after a code, named, in lists, and as the route of an ambulance."""
