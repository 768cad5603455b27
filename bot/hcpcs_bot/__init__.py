"""The interfaces, Slack, command line, HTTP and playground, which all answer through one ``Desk``."""
