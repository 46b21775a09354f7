"""The HTTP API. Only ``python -m qa serve`` imports it, so that no other command waits for FastAPI."""
