"""All the repositories of an organisation: which they are, looking at each, what is kept, and pages and data of it."""
