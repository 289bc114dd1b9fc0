"""A form drawn as a two-column table in a Word document, and the rows of such a table read back.

Knows rows, labels, hidden tags and content controls; what the rows mean is the business of the room of forms.
"""

from planwriter.word.form_table.rows import Entry, Grid, Row, Sheet, Title

__all__ = ["Entry", "Grid", "Row", "Sheet", "Title"]
