"""The `flask` commands: entry points that open their own work."""

import importlib

from flask import Flask

COMMANDS = (
    "check",
    "create_user",
    "deadline",
    "demo_data",
    "export",
    "send_letters",
    "work",
)


def init_commands(app: Flask) -> None:
    """Register every command. Each module has a `command` (click) and is light to import."""
    for name in COMMANDS:
        app.cli.add_command(importlib.import_module(f"portal.commands.{name}").command)
