"""The desk between a chat platform and the coach: jobs, wishes, preferences. It knows no platform's own types."""
