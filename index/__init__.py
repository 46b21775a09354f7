"""From files to a searchable library: read, chunk, embed, store."""
