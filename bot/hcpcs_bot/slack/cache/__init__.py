"""What is kept in memory: rendered cards, and the codes that were asked for last."""
