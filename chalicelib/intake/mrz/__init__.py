"""The machine-readable lines of a travel document (ICAO 9303: TD3, TD2, TD1) as answers of a form."""

from chalicelib.intake.mrz.reading import Scan, read

__all__ = ["Scan", "read"]
