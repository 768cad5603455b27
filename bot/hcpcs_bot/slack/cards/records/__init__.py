"""Cards of records: one code, a fact about it, several codes, a comparison, a decoded message, a history."""
