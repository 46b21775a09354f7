"""Tests of the way from a question to cited words."""
