"""An answer that carries a stranger's file: saved, never shown, and powerless if shown anyway."""

from typing import Any

from flask import Response
from werkzeug.datastructures import Headers

POLICY = "sandbox; default-src 'none'"


class FileAnswer(Response):
    """A download. Its policy is set last, because every page's own policy is set after the view."""

    @classmethod
    def of(cls, data: bytes, filename: str, content_type: str) -> "FileAnswer":
        """Make the answer.

        Args:
            data: the file's bytes.
            filename: what its sender called it.
            content_type: what it was found to be.
        """
        answer = cls(data, content_type=content_type)
        answer.headers.set("Content-Disposition", "attachment", filename=filename)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    def get_wsgi_headers(self, environ: Any) -> Headers:
        """Give the headers as they leave, with the policy of a file instead of a page's."""
        headers = super().get_wsgi_headers(environ)
        headers["Content-Security-Policy"] = POLICY
        return headers
