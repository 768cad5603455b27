"""The knowledge: what an HCPCS record is, what its values mean, what was asked, what is answered."""
