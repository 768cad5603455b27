"""Amounts in a text, and what each is: a dose, a container, a count."""
