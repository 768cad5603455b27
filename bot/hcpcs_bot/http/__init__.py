"""What is served over HTTP besides Slack's requests: the code pages and the health probes."""
