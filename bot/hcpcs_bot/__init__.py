"""The faces: Slack, command line, HTTP and playground, all answering through one desk."""
