"""mofconf tells you what a change breaks before you merge it."""

__version__ = "0.1.0"
