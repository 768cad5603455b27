"""Why a question is understood as it is: the trace of one question, and the manual of the rule tables."""
