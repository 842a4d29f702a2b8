"""A month of a team in figures: for chat, for paper, and as the monthly post."""
