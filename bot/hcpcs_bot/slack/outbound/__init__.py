"""From the app to Slack: responses, calls of the Web API, and work after the response."""
