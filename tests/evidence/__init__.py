"""Tests of what other tools found: their reports, the places in them, and what they mean."""
