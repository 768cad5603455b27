"""From an HTTP body to a request: verified, parsed, deduplicated, limited in rate, and logged without its text."""
