"""Block Kit and mrkdwn: the JSON and text that Slack takes."""
