"""The words of the code set: coded values and their meanings, and the terms around HCPCS."""
