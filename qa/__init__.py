"""From a question to cited words: query, retrieve, read, answer."""
