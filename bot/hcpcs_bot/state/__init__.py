"""The database: what must survive restarts and be shared by replicas (watches, deliveries, seen keys, topics)."""
