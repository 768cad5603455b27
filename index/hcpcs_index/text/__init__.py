"""Text analysis: tokenizing, stemming and word lists."""
