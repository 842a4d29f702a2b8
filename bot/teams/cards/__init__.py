"""Adaptive Cards: how everything that Heartware says looks in Teams."""
