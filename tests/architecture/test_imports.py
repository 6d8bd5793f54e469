"""What may load what: asked of fresh processes, and of import-linter with a planted import."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh process holds after one statement."""
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module", sorted(path.stem for path in (ROOT / "portal/procedures").glob("[a-z]*.py"))
)
def test_the_law_loads_no_flask_and_no_database(module: str) -> None:
    loaded = loaded_by(f"import portal.procedures.{module}")
    assert not loaded & {"flask", "sqlalchemy", "portal.clock", "portal.db"}


def test_pages_load_neither_spacy_nor_onnxruntime(tmp_path: Path) -> None:
    statement = f"import os; os.environ['DATA_FOLDER'] = {str(tmp_path)!r}; import wsgi"
    loaded = loaded_by(statement)
    assert "flask" in loaded
    assert not loaded & {"spacy", "onnxruntime", "sklearn", "torch", "classifier.suggest"}
    # Without Pango the import itself fails, and only who sends texts needs the gateway's client.
    assert not loaded & {"weasyprint", "notifications_python_client"}
    # Only whoever writes a report waits for charts and documents.
    assert not loaded & {"matplotlib", "docx"}


def test_arrows_point_right_and_a_planted_wrong_import_is_found(tmp_path: Path) -> None:
    linter = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    assert subprocess.run(linter, cwd=ROOT, capture_output=True).returncode == 0

    for name in ("portal", "intake", "classifier"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.np[yz]"))
    law = tmp_path / "portal" / "procedures" / "refusal.py"
    law.write_text(law.read_text() + "\nimport portal.records.case\n")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    done = subprocess.run(linter, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode != 0
    assert "portal.procedures.refusal -> portal.records.case" in done.stdout
