"""Chinese on paper: numerals, ordinals, dates, deadlines, joining of sentences, breaking of titles.

Nothing heavy is imported here; ``cn2an`` and ``budoux`` are touched only when a text needs them.
"""
