"""Passes: signed tokens that say who holds them, and nothing about health or name."""
