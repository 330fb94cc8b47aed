"""The workbook that a review is taken away in and comes back by: sheets, styles, and reading back."""
