"""Finding personal data in a text: what has a checksum or a format by libraries, the rest by its words and form."""
