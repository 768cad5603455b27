"""What an app calls: the Web API and response URLs, each call checked as Slack checks it."""
