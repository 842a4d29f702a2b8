"""Running Heartware for years: is it ready, what is wrong with it, its backup and its return."""
