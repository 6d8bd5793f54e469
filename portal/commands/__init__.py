"""The `flask` commands: entry points that open their own work."""

import importlib

from flask import Flask
from flask_migrate import Migrate

from portal.db import db

COMMANDS = (
    "add_holiday",
    "annual_report",
    "check",
    "create_user",
    "deadline",
    "demo_data",
    "export",
    "forget",
    "leaver",
    "remind",
    "send_letters",
    "work",
)


def init_commands(app: Flask) -> None:
    """Register every command. Each module has a `command` (click) and is light to import."""
    migrations = app.config["MIGRATIONS_FOLDER"]
    Migrate(app, db, directory=migrations, render_as_batch=True, compare_type=True)
    for name in COMMANDS:
        app.cli.add_command(importlib.import_module(f"portal.commands.{name}").command)
