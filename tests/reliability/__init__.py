"""Long runs that try to break it: ``python -m tests.reliability --help``."""
