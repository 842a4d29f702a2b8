"""How fast the coach is on this machine: compare within one run, not across machines."""
