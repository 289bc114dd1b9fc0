"""What the year brings: observances with their sources, statutory holidays, lunar dates, a proposed schedule."""
