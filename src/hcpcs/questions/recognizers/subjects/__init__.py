"""Subjects that no HCPCS record states: the cues that name them, and the numbers of coverage policies."""
