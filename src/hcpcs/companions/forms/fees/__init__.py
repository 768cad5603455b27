"""The forms of the DMEPOS fee schedules: of states, of former bidding areas, of nutrition, and the rural ZIP codes."""
