"""The whole guide as one file: a page, an EPUB and a PDF, made from the Markdown copies of its sections' pages."""
