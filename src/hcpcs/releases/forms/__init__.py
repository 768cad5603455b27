"""One reader per form of file that CMS publishes."""
