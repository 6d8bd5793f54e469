"""The application for `bench.desk`: a form's token is not asked for, because each request of a
benchmark is the first of its browser. Everything else is as it runs."""

from portal.app import create_app

app = create_app()
app.config["WTF_CSRF_ENABLED"] = False
