"""Writers of the catalogue in the forms that others read, one a module."""
