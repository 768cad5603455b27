"""The Slack face: listeners that ask the desk, and cards that draw its answers."""
