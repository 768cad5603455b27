"""Watches: what a channel follows, and the digest it gets when a new release changes it."""
