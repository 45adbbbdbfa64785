"""How pages are linked, rendered and styled, alike for every app."""
