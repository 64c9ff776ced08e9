"""Put first on PYTHONPATH: refuses every connection and look-up that leaves this machine, and writes it down.

Python imports ``sitecustomize`` at start, in child processes too, so that nothing a tested program starts escapes.
"""

import ipaddress
import os
import pathlib
import socket
import sys

_LOG = os.environ.get("ENTREFILET_NETWORK_LOG")


def _guard(event: str, arguments: tuple) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if host in (None, "", "localhost", b"localhost", socket.gethostname()):
        return
    try:
        if ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback:
            return
    except ValueError:
        pass
    if _LOG:
        with pathlib.Path(_LOG).open("a", encoding="utf-8") as log:
            log.write(f"{event} {host} {sys.argv}\n")
    raise PermissionError(f"no network here: {event} {host}")


sys.addaudithook(_guard)
