"""The screen, with a fake engine."""
