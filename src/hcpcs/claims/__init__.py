"""A file of claims: each service line with what the loaded files say of its code on its day."""
