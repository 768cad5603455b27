"""The forms of the Medicare Coverage Database: its export, single tables of it, and a list of its documents."""
