"""How any record is read: YAML that knows its lines, the kinds of fields, validation, and problems with their place."""
