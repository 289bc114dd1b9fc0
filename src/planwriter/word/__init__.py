"""Packages and parts of Word documents: guarded reading, deterministic writing, showing."""
