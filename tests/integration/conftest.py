"""The council’s own sign-in, as a provider on loopback."""

from collections.abc import Iterator

import pytest

from tests.services.openid_server import OpenIdServer, openid_server


@pytest.fixture(scope="module")
def provider_of_all() -> Iterator[OpenIdServer]:
    with openid_server() as server:
        yield server


@pytest.fixture
def provider(provider_of_all: OpenIdServer) -> OpenIdServer:
    fresh = OpenIdServer(port=provider_of_all.port, key=provider_of_all.key)
    for name, value in vars(fresh).items():
        setattr(provider_of_all, name, value)
    return provider_of_all
