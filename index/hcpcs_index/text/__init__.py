"""Text to words: analysis, stemming and word lists."""
