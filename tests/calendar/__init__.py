"""Observances, holidays and the schedule proposed from them."""
