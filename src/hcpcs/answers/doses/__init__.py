"""Units of an amount: doses, drugs by name, discarded drug, and the sentences that show the arithmetic."""
