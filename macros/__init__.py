"""What the pages of the guide call: records turned into Markdown and HTML."""
