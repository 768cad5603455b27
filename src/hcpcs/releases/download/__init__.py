"""Fetching releases from the web: the quarterly page, the download, and the rules for both."""
