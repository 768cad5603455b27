"""Companion files: what CMS publishes about codes beside the code set, such as amounts, limits, lists and policies."""
