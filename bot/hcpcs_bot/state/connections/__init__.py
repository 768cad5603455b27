"""How a database is connected to, and used in threads that end."""
