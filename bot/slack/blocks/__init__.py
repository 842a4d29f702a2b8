"""Block Kit: how everything that Heartware says looks in Slack."""
