"""Modifiers in a text: after a code, named, in lists, and as the way of an ambulance."""
