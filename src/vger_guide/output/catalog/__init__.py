"""The catalogue in the formats that others read."""
