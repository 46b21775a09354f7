"""Tests of On Record."""
