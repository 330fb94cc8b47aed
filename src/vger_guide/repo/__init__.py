"""A repository to be looked at: checkouts, commits, plain folders and clones; nothing in them is run."""
