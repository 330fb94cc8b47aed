"""Measuring the site."""
