"""Chromium in front of the served product."""
