"""Which requests of the query service are answered: keys, rates, sizes, and pages of other sites."""
