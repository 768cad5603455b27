"""How each intent is answered: one module an intent, each a pure function from an inquiry to a draft."""
