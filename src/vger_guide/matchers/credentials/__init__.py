"""Credentials in files: tokens, private keys, passwords in addresses and settings, and files that are kept for them.

Everything here is a pure function of a path and some bytes. Every pattern is linear in what it searches: no repetition
is nested in another.
"""
