"""From a text to a ``Question``: normalize, recognize, derive features, decide the intent by rules."""
