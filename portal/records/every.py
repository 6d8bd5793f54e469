"""Imports each record, so that the metadata is whole for migrations and relationships."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

FOLDER = Path(__file__).parent
MODULES = tuple(
    import_module(f"portal.records.{found.name}")
    for found in iter_modules([str(FOLDER)])
    if found.name != "every"
)
