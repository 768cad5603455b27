"""The commands for the Slack app, besides serving it: its manifest, and a page to try it."""
