"""FHIR R4 terminology service of HCPCS Level II."""
