"""The playground: a local stand-in for Slack, and a page like a channel, to try the desk with neither.

``peer`` is what scenario tests talk to; ``command`` what ``hcpcs playground`` runs.
"""
