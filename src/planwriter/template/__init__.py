"""Context, tags, compiling, filling, and the built-in Word templates."""
