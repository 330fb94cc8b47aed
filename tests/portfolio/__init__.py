"""Tests of the portfolio: its file, a run, its pages, data and reports."""
