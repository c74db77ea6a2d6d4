"""Thousands of texts while the provider does everything wrong that it can."""
