"""Every module with routes, by door; each door lists its own."""

from chalicelib.web import static
from chalicelib.web.api import routes as api
from chalicelib.web.console import routes as console
from chalicelib.web.hooks import twilio
from chalicelib.web.traveller import routes as traveller

PAGES_AND_API = (*api.MODULES, *console.MODULES, traveller, static, twilio)
