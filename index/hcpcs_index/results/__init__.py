"""Results: the order of the matches, confidence, explanations, and families of codes to browse."""
