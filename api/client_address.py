"""The client of a request or a connection, as limits count it."""

from ipaddress import IPv6Address, ip_address, ip_network


def client_key(host: str) -> str:
    """The client of an IP address as limits count it: an IPv6 client has all addresses of its /64 network."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((int(address) >> 64 << 64, 64)))
    return str(address)
