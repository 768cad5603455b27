"""Text to words: analysis, stemming, word lists and spelling."""
