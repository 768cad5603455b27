"""Inbound requests: verified, parsed, deduplicated, rate-limited, and logged without their text."""
