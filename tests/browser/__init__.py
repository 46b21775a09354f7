"""The screen in a real browser, with real models."""
