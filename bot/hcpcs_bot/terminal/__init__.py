"""The terminal's face: answers drawn with rich, in 80 columns and without colour as well."""
