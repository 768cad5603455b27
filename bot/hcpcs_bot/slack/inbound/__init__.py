"""From Slack to a request: verified, parsed, deduplicated, rate-limited."""
