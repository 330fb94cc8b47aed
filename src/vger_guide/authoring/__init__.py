"""New records: their skeletons, ids and files, and how they are put into the data."""
