"""Pages of steps 5-6: alternatives with their assessments, priorities."""
