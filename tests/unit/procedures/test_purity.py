"""The law stands alone: no Flask, no database, no clock, no council."""

import subprocess
import sys

ASK = """
import importlib, pkgutil, sys
import portal.procedures as law
found = [m.name for m in pkgutil.iter_modules(law.__path__, "portal.procedures.")]
for name in found:
    importlib.import_module(name)
assert "portal.procedures.working_days" in found
heavy = {"flask", "sqlalchemy", "spacy", "pydantic", "requests", "govuk_bank_holidays",
         "portal.clock", "portal.db", "portal.council", "portal.bank_holidays"}
print(sorted(heavy & set(sys.modules)))
"""


def test_the_law_imports_nothing_from_outside_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
