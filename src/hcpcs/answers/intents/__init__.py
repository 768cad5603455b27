"""How each intent is answered: one module per intent, with a pure function from an ``AnswerContext`` to a ``Draft``."""
