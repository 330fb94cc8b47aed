"""Writers of the catalogue, and of reviews, in the forms that others read, one a module."""
