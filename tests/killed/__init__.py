"""Every verb and job killed at every one of its external calls, and in real processes at any time at all."""
