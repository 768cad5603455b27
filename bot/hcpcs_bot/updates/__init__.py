"""Loading files, updating from CMS, and doing so on a schedule."""
