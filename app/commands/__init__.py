"""One module for each command of ``longjiang``."""
