"""Slack: what it sends becomes jobs for the desk, what the desk answers becomes blocks."""
