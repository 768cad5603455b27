"""What is made of the matches: their order, confidence, explanations, and families of codes to browse."""
