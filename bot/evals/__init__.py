"""Measuring the coach on development sets: what ``heartware eval`` prints."""
