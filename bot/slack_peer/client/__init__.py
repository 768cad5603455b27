"""Slack's client: the text that a person types, the controls that they fill in, and their actions."""
