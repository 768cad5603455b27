"""From a ``Question`` to an ``Answer``: the desk, one module per intent, and the forms of an answer."""
