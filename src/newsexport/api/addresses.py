"""Which addresses a picture may be fetched from: those of the public internet, and networks that the user named.

Source: IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 6890. Kept here as a list, for what Python calls
global has changed between its releases.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final, TypeAlias

Network: TypeAlias = IPv4Network | IPv6Network

# The narrower before the wider.
_REFUSED: Final[tuple[tuple[Network, str], ...]] = tuple(
    (ip_network(network), reason)
    for network, reason in (
        ("0.0.0.0/32", "unspecified"),
        ("0.0.0.0/8", "reserved"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("::/96", "IPv4-compatible"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("2001::/32", "Teredo"),
        ("2001:2::/48", "benchmarking"),
        ("2001:db8::/32", "documentation"),
        ("2001::/23", "reserved"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)
# RFC 4291, 2.4, and IANA: nothing but this part of IPv6 is given out.
_UNICAST: Final = IPv6Network("2000::/3")


class Refusal(Exception):  # noqa: N818  # no fault, but the answer to a request
    """Something is not fetched; its text says why."""


def refusal(address: str, networks: Iterable[Network] = ()) -> str | None:
    """Return why an address is not asked (``private``); None for one that may be.

    Args:
        address: As a look-up returns it.
        networks: Further ones that may be asked.
    """
    if "%" in address:
        return "of one link only"
    try:
        found = ip_address(address)
    except ValueError:
        return "no IP address"
    if any(found in network for network in networks):
        return None
    reason = next((reason for network, reason in _REFUSED if found in network), None)
    if reason is None and found.version == 6 and found not in _UNICAST:
        return "reserved"
    return reason
