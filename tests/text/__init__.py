"""Text and files, whoever uses them."""
