"""Forms people fill: read with places, written blank, described by a JSON Schema."""
