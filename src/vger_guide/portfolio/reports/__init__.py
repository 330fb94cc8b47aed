"""Reports about a portfolio or a unit of it, for those who get a file and no folder of pages."""
