"""Logs: lines without the tokens that open something."""

import logging

import pytest

from portal.logs import ACCESS_LOGS, init_logs

TOKEN = "cvjvOMfsR-_ZthCI1Yee00vIFsGl1qdFU2LJQRZWXnU"


@pytest.mark.parametrize("name", ACCESS_LOGS)
@pytest.mark.parametrize("door", ["/track/link/", "/invitation/"])
def test_access_logs_keep_the_line_and_cut_the_token(
    name: str, door: str, caplog: pytest.LogCaptureFixture
) -> None:
    init_logs()
    init_logs()
    logger = logging.getLogger(name)
    logger.propagate = True
    with caplog.at_level(logging.INFO, logger=name):
        logger.info('%s - "GET %s%s HTTP/1.1" %s', "192.0.2.1", door, TOKEN, 200)
        logger.info("%(h)s %(r)s", {"h": "192.0.2.1", "r": f"POST {door}{TOKEN} HTTP/1.1"})
    assert TOKEN not in caplog.text
    assert f'"GET {door}… HTTP/1.1" 200' in caplog.text
    assert f"POST {door}… HTTP/1.1" in caplog.text
