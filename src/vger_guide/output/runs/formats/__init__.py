"""The formats of reports, one a module: the name of the module is that of the format."""
