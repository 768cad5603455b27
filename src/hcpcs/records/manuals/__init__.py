"""CMS's manuals that records cite, which were withdrawn in 2003, and where their sections are now."""
