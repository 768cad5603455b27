"""What the desk must remember across restarts and replicas: watches, digests sent, keys already seen."""
