"""What the Slack face keeps for a while: drawn cards and recently asked codes."""
