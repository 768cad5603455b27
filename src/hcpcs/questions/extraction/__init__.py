"""From a normalized text to spans and features: the state of a parse, the stages in order, and the features."""
