"""The JSON API, version 1: the public face for programs."""
