"""The records of the guide: models, reading, validation, and the problems found in them."""
