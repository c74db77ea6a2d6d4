"""The application: which blueprints it has, and nothing else."""

from chalice import Chalice

from chalicelib.jobs import release_due, send_messages, sweep
from chalicelib.web.blueprints import PAGES_AND_API

app = Chalice(app_name="waystation")
for module in (send_messages, sweep, release_due, *PAGES_AND_API):
    app.register_blueprint(module.blueprint)
