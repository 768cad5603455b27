"""The pages for people: search, a page per code, and what changed by release. They work without JavaScript."""
