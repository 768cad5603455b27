"""Measurements: each module is one bench with a ``run``; ``python -m bench NAME...`` runs them."""
