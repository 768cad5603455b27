"""What the desk serves over HTTP besides Slack."""
