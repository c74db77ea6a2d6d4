"""The one blueprint that the traveller's pages register with."""

from chalice import Blueprint

blueprint = Blueprint(__name__)
