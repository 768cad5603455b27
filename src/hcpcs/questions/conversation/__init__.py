"""Conversations: what one is about, and the question that a follow-up such as "is it covered?" asks there."""
