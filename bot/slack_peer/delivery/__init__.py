"""How Slack delivers to an app: payloads, signing, retries, Socket Mode, and an application in this process."""
