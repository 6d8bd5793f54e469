"""Messages of one oddity each: every one breaks an assumption that an intake may make."""

from __future__ import annotations

import base64

from bench.mail.gen_message import DESK

_PARTS = 'Content-Type: multipart/mixed; boundary="b"'


def hostile() -> dict[str, bytes]:
    """All of them by name, an ordinary message first and last."""
    return {
        "control": _plain("control", "An ordinary message.").encode(),
        **_bodies(),
        **_headers(),
        **_without_parts(),
        **_with_parts(),
        **_long_and_odd(),
        "control-after": _plain("control-after", "An ordinary message at the end.").encode(),
    }


def _head(name: str, *more: str, subject: str | None = None) -> str:
    lines = [
        f"From: Tester <tester.{name}@example.net>",
        f"To: {DESK}",
        f"Subject: {subject or 'hostile ' + name}",
        "Date: Mon, 02 Mar 2026 09:00:00 +0000",
        f"Message-ID: <{name}@hostile.example.net>",
        "MIME-Version: 1.0",
    ]
    return "\n".join([*lines, *more, "", ""])


def _plain(
    name: str, body: str, charset: str = "utf-8", cte: str = "8bit", subject: str | None = None
) -> str:
    head = _head(
        name,
        f"Content-Type: text/plain; charset={charset}",
        f"Content-Transfer-Encoding: {cte}",
        subject=subject,
    )
    return f"{head}{body}\nMarker: mk-{name}\n"


def _changed(name: str, old: str, new: str) -> bytes:
    return _plain(name, "text").replace(old, new).encode()


def _sender(name: str) -> str:
    return f"Tester <tester.{name}@example.net>"


def _bodies() -> dict[str, bytes]:
    packed = base64.b64encode(b"A NUL \0 inside.\nMarker: mk-nul-in-base64\n") + b"\n"
    text, coded = "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64"
    return {
        # Dovecot sends it as 0x80.
        "nul-byte": _plain("nul-byte", "A NUL \0 in the text.").encode(),
        "nul-in-base64": _head("nul-in-base64", text, coded).encode() + packed,
        "charset-unknown": _plain("charset-unknown", "x", charset="x-unknown").encode(),
        "charset-unknown8bit": _plain(
            "charset-unknown8bit", "Stra\u00dfe", charset="unknown-8bit"
        ).encode("latin-1"),
        "charset-mislabelled": _plain("charset-mislabelled", "Stra\u00dfe").encode("latin-1"),
        "base64-broken": _plain("base64-broken", "SGVsbG8=IGJ*yb2tlbg", cte="base64").encode(),
        "qp-broken": _plain("qp-broken", "a =ZZ b =", cte="quoted-printable").encode(),
        "cte-unknown": _plain("cte-unknown", "text", cte="x-uuencode").encode(),
    }


def _headers() -> dict[str, bytes]:
    word = "=?x-unknown?B?SGVsbG8=?= =?utf-8?Q?=ff?="
    broken = 'In-Reply-To: "a" <>, <b c>'
    answers = _head("in-reply-to-broken", broken, "Content-Type: text/plain")
    return {
        "subject-long": _plain("subject-long", "text", subject="long " * 120).encode(),
        "subject-raw8bit": _plain("subject-raw8bit", "text", subject="Stra\u00dfe").encode(
            "latin-1"
        ),
        "subject-bad-encoded-word": _plain(
            "subject-bad-encoded-word", "text", subject=word
        ).encode(),
        "subject-missing": _changed("subject-missing", "Subject: hostile subject-missing\n", ""),
        "from-missing": _changed("from-missing", f"From: {_sender('from-missing')}\n", ""),
        "from-broken": _changed("from-broken", _sender("from-broken"), '"Unclosed <a@b@c>, ;'),
        "from-group": _changed("from-group", _sender("from-group"), "Undisclosed recipients:;"),
        "message-id-long": _changed("message-id-long", "<message-id-long@", f"<{'m' * 400}@"),
        "message-id-broken": _changed(
            "message-id-broken", "<message-id-broken@hostile.example.net>", "[not] a <valid id"
        ),
        "in-reply-to-broken": answers.encode() + b"Marker: mk-in-reply-to-broken\n",
        "date-broken": _changed(
            "date-broken", "Mon, 02 Mar 2026 09:00:00 +0000", "yesterday at noonish"
        ),
    }


def _without_parts() -> dict[str, bytes]:
    missing = _head("boundary-missing", "Content-Type: multipart/mixed")
    unclosed = "--b\nContent-Type: text/plain\n\nMarker: mk-boundary-unclosed\n"
    return {
        "body-empty": _head("body-empty", "Content-Type: text/plain").encode(),
        "headers-only": _head("headers-only").encode(),
        "boundary-missing": missing.encode() + b"Marker: mk-boundary-missing\n",
        "boundary-unclosed": (_head("boundary-unclosed", _PARTS) + unclosed).encode(),
        "attachment-only": (
            _head(
                "attachment-only",
                "Content-Type: application/pdf; name=a.pdf",
                "Content-Disposition: attachment; filename=a.pdf",
                "Content-Transfer-Encoding: base64",
            )
            + "JVBERi0xLjQK\n"
        ).encode(),
    }


def _with_file(name: str, kind: str, filename: str, coded: str) -> bytes:
    part = (
        f"--b\nContent-Type: {kind}\nContent-Disposition: attachment; "
        f'filename="{filename}"\nContent-Transfer-Encoding: base64\n\n{coded}\n--b--\n'
    )
    text = f"--b\nContent-Type: text/plain\n\nMarker: mk-{name}\n"
    return (_head(name, _PARTS) + text + part).encode()


def _with_parts() -> dict[str, bytes]:
    pdf = ("application/pdf", "JVBERi0xLjQK")
    inner = "From: a@example.net\nSubject: inner\n\ninner text\n--b--\n"
    attached = "--b\nContent-Type: text/plain\n\nMarker: mk-attached-message\n"
    report = (
        "--b\nContent-Type: text/plain\n\nMarker: mk-bounce\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
        "Final-Recipient: rfc822; x@example.net\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    )
    kind = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"'
    return {
        "attachment-path-name": _with_file(
            "attachment-path-name", pdf[0], "../../../../tmp/evil.pdf", pdf[1]
        ),
        "attachment-long-name": _with_file(
            "attachment-long-name", pdf[0], f"{'n' * 400}.pdf", pdf[1]
        ),
        "attachment-exe": _with_file(
            "attachment-exe", "application/x-msdownload", "setup.exe", "TVqQAAMAAAA="
        ),
        "attached-message": (
            f"{_head('attached-message', _PARTS)}{attached}"
            f"--b\nContent-Type: message/rfc822\n\n{inner}"
        ).encode(),
        "bounce": (_head("bounce", kind, "Auto-Submitted: auto-replied") + report).encode(),
    }


def _long_and_odd() -> dict[str, bytes]:
    nested = "Content-Type: text/plain\n\nMarker: mk-nested-deep\n"
    for i in range(60):
        nested = f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n{nested}\n--b{i}--\n'
    page = "<body><script>alert(1)</script><p>Marker: mk-html-script</p></body>"
    path = "Path C:\\new\\users\\x \\u00e9 Größe"
    return {
        "nested-deep": (_head("nested-deep").rstrip("\n") + "\n" + nested).encode(),
        "line-long": _plain("line-long", "word " * 60_000).encode(),
        "html-script": (
            _head("html-script", "Content-Type: text/html; charset=utf-8") + page
        ).encode(),
        "backslash-utf8": _plain("backslash-utf8", path).encode(),
    }
