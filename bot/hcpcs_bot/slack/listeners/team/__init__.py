"""What a team keeps, as people use it in Slack: watches, notes, the team's state, feedback and the report."""
