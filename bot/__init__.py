"""Heartware: the coach beside a support agent."""

__version__ = "0.1.0"
