"""The application for `flask` and gunicorn."""

from portal.app import create_app

app = create_app()
