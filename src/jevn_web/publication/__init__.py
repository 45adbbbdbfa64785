"""The plan with its red thread, follow-up, sources, about, and open data."""
