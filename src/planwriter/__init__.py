"""planwriter: from a filled form to an official Chinese document (.docx) after GB/T 9704-2012."""

__version__ = "0.1.0"
