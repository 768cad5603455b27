"""What answers about an item in words share: codes of a past day or of a span, labels of hits, and coverage."""
