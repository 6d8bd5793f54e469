"""Stylesheet, script and icon: read once at start, compressed once, named by what they hold.

Pages are not compressed: they carry form tokens beside words that a visitor chose, and the length
of a compressed page would tell one from the other.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request, url_for

from portal.web.access import Access, opens_to
from portal.web.theme import theme_css

FOLDER = Path(__file__).parent / "static"
_HASH_LENGTH = 12
_YEAR = 365 * 24 * 60 * 60
_WORTH_COMPRESSING = ("text/", "application/javascript", "image/svg+xml")
# The machine's own list of types may name a script otherwise, and nosniff would then refuse it.
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class StaticFile:
    """A file as it is served."""

    body: bytes
    gzipped: bytes | None
    content_type: str
    version: str


def init_static_files(app: Flask, brand_colour: str, folder: Path = FOLDER) -> None:
    """Serve the static files, and `theme.css` with the council's colours; add `asset` to templates.

    Args:
        app: the application, made with `static_folder=None`.
        brand_colour: the council's colour, as `#rrggbb`.
        folder: where the files lie.

    Raises:
        ValueError: the colour is not `#rrggbb`.
    """
    files = read_static_files(folder)
    files["theme.css"] = _static_file("theme.css", theme_css(brand_colour).encode())

    @opens_to(Access.EVERYONE)
    def static(filename: str) -> Response:
        return _answer(files, filename)

    def asset(filename: str) -> str:
        # An unknown name is a mistake in a template: better a failed test than a page without it.
        return url_for("static", filename=filename, v=files[filename].version)

    app.add_url_rule("/static/<path:filename>", "static", static)
    app.jinja_env.globals["asset"] = asset


def read_static_files(folder: Path) -> dict[str, StaticFile]:
    """Read and compress all files of a folder.

    Args:
        folder: its files are served; those below it too, hidden ones not.

    Returns:
        The files by their path in the folder.
    """
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    names = ((path.relative_to(folder), path) for path in paths)
    return {
        name.as_posix(): _static_file(name.name, path.read_bytes())
        for name, path in names
        if not any(part.startswith(".") for part in name.parts)
    }


def _static_file(name: str, body: bytes) -> StaticFile:
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    content_type = _TYPES.get(Path(name).suffix, guessed)
    # mtime=0: the same bytes on every start, so that several processes serve the same.
    small = gzip.compress(body, mtime=0) if content_type.startswith(_WORTH_COMPRESSING) else None
    return StaticFile(
        body=body,
        gzipped=small if small is not None and len(small) < len(body) else None,
        content_type=content_type,
        version=hashlib.sha256(body).hexdigest()[:_HASH_LENGTH],
    )


def _answer(files: Mapping[str, StaticFile], filename: str) -> Response:
    file = files.get(filename)
    if file is None:
        abort(404)
    use_gzip = file.gzipped is not None and request.accept_encodings["gzip"] > 0
    body = file.gzipped if use_gzip and file.gzipped is not None else file.body
    response = Response(body, content_type=_with_charset(file.content_type))
    if use_gzip:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    # Weak, because the same tag stands for the plain and the compressed form.
    response.set_etag(file.version, weak=True)
    if request.args.get("v") == file.version:
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = "public, no-cache"
    response.make_conditional(request)
    return response


def _with_charset(content_type: str) -> str:
    return f"{content_type}; charset=utf-8" if content_type.startswith("text/") else content_type
