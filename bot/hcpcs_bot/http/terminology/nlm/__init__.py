"""NLM's search of clinical tables (Clinical Table Search Service, version 3), for HCPCS."""
