"""The embedded run: local AWS, simulator and web on one machine."""
