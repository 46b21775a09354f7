"""Quality floors: what the bundled models answer rightly."""
