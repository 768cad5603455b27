"""Billing: units of measure, the size of a billing unit, counted things, discarded drug, areas of fee schedules."""
