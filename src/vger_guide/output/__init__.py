"""What is written: runs, reviews and the catalogue, in the formats that others read."""
