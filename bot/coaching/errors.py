"""What can go wrong, said in one sentence that a person can act on. The docstring is the message's shape."""

from __future__ import annotations


class HeartwareError(Exception):
    """Something is wrong; the message is one plain sentence that says what, and how to mend it."""


class BadInput(HeartwareError):
    """What was given cannot be reviewed, asked or indexed as it is."""


class BadSetting(HeartwareError):
    """A setting is missing or wrong; the sentence begins with the variable's name."""


class BadKnowledge(HeartwareError):
    """A data file does not hold what it should; the sentence begins with file and line."""


class LibraryUnavailable(HeartwareError):
    """The index cannot be read or written."""


class ModelUnavailable(HeartwareError):
    """The language model did not give a usable answer in time."""
