"""Workbooks written, filled in, damaged and attacked by hand."""
