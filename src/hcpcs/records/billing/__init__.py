"""Billing units: their size by the descriptor, counted things, and discarded drug."""
