"""Editions: what changed between two of them, whether that is explained, and how it is told."""
