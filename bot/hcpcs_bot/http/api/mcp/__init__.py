"""The API for assistants: MCP's tools and resources, over HTTP and standard input."""
