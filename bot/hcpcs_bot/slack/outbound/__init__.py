"""What the app sends to Slack: responses, Web API calls, and work after the response."""
