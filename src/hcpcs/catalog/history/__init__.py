"""The history of codes: their packed versions, episodes and days, and what was known of a code on a day."""
