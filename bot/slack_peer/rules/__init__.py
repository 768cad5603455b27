"""Slack's rules of Block Kit, and the JSON checks that they are made of."""
