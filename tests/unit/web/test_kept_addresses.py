"""Addresses that are kept are the ones that Flask gives; those that depend on the page are not."""

import pytest
from flask import Flask, url_for
from hypothesis import given
from hypothesis import strategies as st

IDS = st.text("abcXYZ019-_", min_size=1, max_size=24)
ODD = st.text(min_size=1, max_size=12).filter(lambda one: "/" not in one and one not in (".", ".."))


def by_flask(app: Flask, endpoint: str, **values: object) -> str:
    return Flask.url_for(app, endpoint, **values)


@pytest.mark.parametrize("endpoint", ["officer.case", "officer.item", "officer.queue"])
def test_kept_addresses_are_flasks_own(app: Flask, endpoint: str) -> None:
    with app.test_request_context("/officers/"):

        @given(public_id=IDS | ODD, view=st.none() | ODD | IDS, number=st.none() | st.integers())
        def holds(public_id: str, view: str | None, number: int | None) -> None:
            values = {"public_id": public_id, "view": view, "number": number}
            for _ in range(2):
                assert url_for(endpoint, **values) == by_flask(app, endpoint, **values)

        holds()


def test_what_flask_names_and_nobody_asks_for_is_no_reason_to_build_anew(app: Flask) -> None:
    with app.test_request_context("/officers/"):
        for public_id in ("abc", "def"):
            url_for("officer.case", public_id=public_id)
        assert url_for("officer.case", public_id="abc", _anchor="thread").endswith("#thread")
        assert url_for("officer.case", public_id="abc", _external=True).startswith("http")
        assert url_for("officer.case", public_id="abc") == "/officers/cases/abc"
    assert [key[1] for key in vars(app)["_addresses"]] == ["officer.case"]


def test_the_place_of_one_matter_is_not_kept(app: Flask) -> None:
    with app.test_request_context("/officers/"):
        assert "one-place" in url_for("officer.next_item", after="one-place")
    assert "one-place" not in repr(vars(app)["_addresses"])


def test_a_page_of_a_part_gives_its_own(app: Flask) -> None:
    plain = "/officers/cases/abc"
    for path, leads_to in ((plain, plain), (f"{plain}?part=2", f"{plain}?part=2"), (plain, plain)):
        with app.test_request_context(path):
            assert url_for("officer.case", public_id="abc") == leads_to


def test_under_another_root_the_address_is_of_that_root(app: Flask) -> None:
    for root in ("", "/portal", ""):
        with app.test_request_context("/officers/", environ_overrides={"SCRIPT_NAME": root}):
            assert url_for("officer.case", public_id="abc") == f"{root}/officers/cases/abc"


def test_a_link_that_opens_something_is_not_kept(app: Flask) -> None:
    with app.test_request_context("/"):
        address = url_for("supporter.link", token="a-secret-link", _external=True)
        assert "a-secret-link" in address
        url_for("supporter.link", token="a-secret-link")
    assert "a-secret-link" not in repr(vars(app)["_addresses"])
