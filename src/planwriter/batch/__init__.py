"""Batches: a document for every one of many units, streamed, resumable, whole or not at all."""
