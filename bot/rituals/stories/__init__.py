"""Stories, and the culture book that they make."""
