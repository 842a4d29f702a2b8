"""Making the learned heads anew: ``python -m bot.training`` (development packages only)."""
