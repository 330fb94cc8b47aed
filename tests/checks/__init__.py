"""The check engine, tried on real repositories and folders."""
