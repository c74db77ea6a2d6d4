"""The API as a program meets it: over HTTP, on real tables, every answer held against the reference."""
