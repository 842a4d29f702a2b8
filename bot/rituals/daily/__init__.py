"""The daily prompt: planned, worded, and posted once."""
