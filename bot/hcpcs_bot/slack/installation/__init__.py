"""The Slack app in a workspace: its manifest, its settings and its own ids."""
