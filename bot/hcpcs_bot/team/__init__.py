"""What a team keeps in its workspace: notes on codes, its state, who may change them, and counts for its report."""
