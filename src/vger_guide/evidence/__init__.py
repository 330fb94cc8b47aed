"""What other tools found: their reports, read within bounds, and the data that say what a finding means for a rule."""
