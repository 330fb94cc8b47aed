"""The engine of the VGER Architecture Guide: its records, and what is made from them."""

__version__ = "0.1.0"
