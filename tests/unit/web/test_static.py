"""Static files, the council's colours and the headers, through a small application."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask, Response, render_template_string, send_file
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from portal.web.headers import init_headers
from portal.web.static_files import FOLDER, init_static_files
from portal.web.theme import (
    contrast,
    darkened_until_readable,
    means_danger,
    parse_colour,
    theme_css,
)

WHITE = (1.0, 1.0, 1.0)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.fixture
def client() -> FlaskClient:
    app = Flask("portal", static_folder=None)
    init_headers(app)
    init_static_files(app, "#5b2d82")

    @app.get("/page")
    def page() -> str:
        return render_template_string("{{ csp_nonce }}|{{ cspNonce }}|{{ asset('portal.css') }}")

    @app.get("/file")
    def file() -> Response:
        return send_file(FOLDER / "icon.svg", as_attachment=True)

    return app.test_client()


def _asset(client: FlaskClient) -> str:
    return client.get("/page").text.split("|")[2]


def test_an_asset_is_kept_for_a_year_under_its_own_version(client: FlaskClient) -> None:
    answer = client.get(_asset(client))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content_type == "text/css; charset=utf-8"


def test_a_wrong_version_is_served_but_asked_for_again(client: FlaskClient) -> None:
    answer = client.get("/static/portal.css?v=old")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, no-cache"
    same = client.get("/static/portal.css", headers={"If-None-Match": answer.headers["ETag"]})
    assert same.status_code == 304


def test_gzip_only_for_who_takes_it(client: FlaskClient) -> None:
    plain = client.get("/static/portal.css")
    small = client.get("/static/portal.css", headers={"Accept-Encoding": "gzip"})
    refused = client.get("/static/portal.css", headers={"Accept-Encoding": "gzip;q=0"})
    assert gzip.decompress(small.data) == plain.data == refused.data
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in refused.headers
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"


def test_a_page_is_not_compressed_and_not_kept(client: FlaskClient) -> None:
    answer = client.get("/page", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/file").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["nothing.css", "../theme.py", "%2e%2e/theme.py", "/etc/passwd", "", "portal.css/"]
)
def test_only_files_read_at_start_are_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}", follow_redirects=True).status_code == 404


def test_nonce_is_in_the_header_and_new_each_time(client: FlaskClient) -> None:
    first, second = client.get("/page"), client.get("/page")
    nonce, again, _ = first.text.split("|")
    assert nonce == again
    assert nonce not in second.text
    policy = first.headers["Content-Security-Policy"]
    assert f"script-src 'self' 'nonce-{nonce}';" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_headers_on_pages_on_errors_and_over_https(client: FlaskClient) -> None:
    for path in ("/page", "/no-such-page", "/static/portal.css"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "Strict-Transport-Security" not in headers
    # What opens windows and uses devices is a page, and no file.
    assert client.get("/page").headers["Cross-Origin-Opener-Policy"] == "same-origin"
    for path in ("/page", "/static/portal.css"):
        secure = client.get(path, base_url="https://feedback.example").headers
        assert "max-age=31536000" in secure["Strict-Transport-Security"]


def test_an_unknown_asset_is_a_mistake_that_shows() -> None:
    app = Flask("portal", static_folder=None)
    init_static_files(app, "#5b2d82")
    with app.test_request_context(), pytest.raises(KeyError):
        render_template_string("{{ asset('nothing.css') }}")


def test_nothing_of_the_crown_and_nothing_from_elsewhere_is_served() -> None:
    for path in FOLDER.iterdir():
        text = path.read_text(encoding="utf-8")
        for word in ("GDS Transport", "@font-face", "crown", "sourceMappingURL"):
            assert word.lower() not in text.lower(), f"{path.name} holds {word}"
        assert "url(" not in text
        assert "@import" not in text


def test_the_lock_file_names_no_address_of_a_registry() -> None:
    lock = Path(__file__).parents[3] / "frontend" / "package-lock.json"
    assert '"resolved"' not in lock.read_text(encoding="utf-8")


@given(COLOURS)
def test_every_council_colour_gives_readable_text(colour: str) -> None:
    css = theme_css(colour)
    properties = dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", css))
    brand, text = (parse_colour(properties[f"--heard-{name}"]) for name in ("brand", "brand-text"))
    assert contrast(brand, text) >= 4.5
    assert contrast(parse_colour(properties["--heard-mark"]), WHITE) >= 4.5
    for shade in ("--heard-button", "--heard-button-hover"):
        if shade in properties:
            assert contrast(parse_colour(properties[shade]), WHITE) >= 4.5
    if "--govuk-link-colour" in properties:
        surface = parse_colour(properties["--govuk-surface-background-colour"])
        assert contrast(parse_colour(properties["--govuk-link-colour"]), surface) >= 4.5


def test_a_dark_colour_is_left_as_it_is() -> None:
    purple = parse_colour("#5b2d82")
    assert darkened_until_readable(purple) == purple


def test_a_red_council_keeps_red_out_of_links_and_buttons() -> None:
    assert means_danger(parse_colour("#c8102e"))
    assert "--heard-brand: #c8102e" in theme_css("#c8102e")
    assert "--heard-button" not in theme_css("#c8102e")
    assert "--govuk-link" not in theme_css("#c8102e")


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#123456;}", "#1234567"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        theme_css(text)
