"""What Slack checks before it takes something."""
