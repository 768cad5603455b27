"""The interfaces of the field's own standards: NLM's search of clinical tables, and FHIR's terminology service."""
