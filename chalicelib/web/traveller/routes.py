"""Every page of the traveller, registered; ``app.py`` takes the blueprint from here."""

from chalicelib.web.traveller import (  # noqa: F401 - importing registers the routes
    acknowledging,
    blanks,
    checking,
    checkins,
    copies,
    doorway,
    passes,
    posters,
    questions,
    recovering,
    verifying,
    waiting,
)
from chalicelib.web.traveller.blueprint import blueprint

__all__ = ["blueprint"]
