"""Whether a host is this machine: only there may anything go in the clear."""

import ipaddress


def is_this_machine(host: str) -> bool:
    """Whether a host's name or address is the loopback of this machine.

    Args:
        host: a name or an IP address; other names are not looked up.
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
