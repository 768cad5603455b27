"""Slack's client: what a person reads, types and does."""
