"""How Slack delivers to an app: payloads, signing, Socket Mode, response URLs."""
