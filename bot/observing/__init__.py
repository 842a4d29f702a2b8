"""What an operator sees of a running Heartware: logs, figures and traces. Ids, kinds and durations, never a text."""
