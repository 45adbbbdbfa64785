"""Pages of steps 1-3: front page, evidence, where it burns, effort profile, areas, indicators."""
