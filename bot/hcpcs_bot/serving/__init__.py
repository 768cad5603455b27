"""Serving the Slack app: over HTTP or Socket Mode, and in the playground."""
