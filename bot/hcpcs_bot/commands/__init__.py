"""The commands of ``hcpcs``, one module per command; ``query`` has those that answer."""
