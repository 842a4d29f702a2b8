"""A company's own documents: found, read, cleaned and cut into passages that can be cited."""

from bot.content.documents.finding import SUFFIXES, find_documents
from bot.content.documents.languages import language_of
from bot.content.documents.outcome import LeftOut, ReadDocument
from bot.content.documents.reading import digest_of, edition, read_document
from bot.content.documents.repeats import near_duplicates

__all__ = [
    "SUFFIXES",
    "LeftOut",
    "ReadDocument",
    "digest_of",
    "edition",
    "find_documents",
    "language_of",
    "near_duplicates",
    "read_document",
]
