"""The rituals of a team: the daily prompt, the stories, the budget, the evidence. It knows no platform's own types."""
