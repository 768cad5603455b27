"""The interfaces (Slack, command line, HTTP, playground), which all answer through one ``Desk``."""
