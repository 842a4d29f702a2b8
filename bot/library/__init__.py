"""Where passages are kept and found: Chroma, the embedders, and a search by words for when neither can be used."""
