"""A review as a document for a board: its content in blocks, which Word and PDF lay out from the same templates."""
