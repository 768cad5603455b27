"""What an answer says besides: days, payers, records, unused words, and what can't be answered."""
