"""The Slack interface: listeners that ask the desk, and cards that show its answers.

The packages in the order in which they import one another, highest first: ``listeners``, ``replies``, ``context``,
``cache`` and ``outbound``, ``cards``, ``inbound``, ``blockkit``.
"""
