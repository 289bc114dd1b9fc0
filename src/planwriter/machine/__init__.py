"""What the machine at hand has: fonts, Python, libraries, a program that lays out pages. Reads only."""
