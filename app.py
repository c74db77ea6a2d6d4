"""The application: which blueprints it has, and nothing else."""

from chalice import Chalice

from chalicelib.jobs import release_due, send_messages, sweep

app = Chalice(app_name="waystation")
for module in (send_messages, sweep, release_due):
    app.register_blueprint(module.blueprint)


@app.route("/healthz")
def healthz() -> dict[str, str]:
    """Answer that the process is up."""
    return {"status": "ok"}
