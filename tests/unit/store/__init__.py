"""One set of tests for every kind of library."""
