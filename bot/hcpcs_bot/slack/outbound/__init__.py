"""From an answer to Slack: replies, views, posts."""
