"""A local stand-in for Slack: one workspace on loopback, strict about what it takes, for any one app.

``peer`` is what scenario tests talk to; ``page`` shows the same workspace in a browser. What the stand-in knows about
the app comes from the app's manifest. Nothing here knows which app it is.
"""
