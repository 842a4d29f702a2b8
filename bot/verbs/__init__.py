"""The verbs of the command line, by subject; ``bot/__main__.py`` puts them together."""
