"""The console: pages for officers."""
