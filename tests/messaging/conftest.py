"""The simulator and its listener stand in for the provider."""

from tests.simulator.conftest import ear, phones

__all__ = ["ear", "phones"]
