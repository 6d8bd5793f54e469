"""A network between a client and a server that can be cut, go silent, or be tampered with."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Change = Callable[[bytes], bytes]


class TcpProxy:
    """Passes bytes on between a port of its own and a server's."""

    def __init__(self, port: int, *, source: str = "127.0.0.1") -> None:
        """Listen; `tcp_proxy` ends it too.

        Args:
            port: the server's port on loopback.
            source: the loopback address that the server sees as the client's.
        """
        self._server_port = port
        self._source = source
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.connections = 0
        # What the client has sent, in all connections.
        self.sent = bytearray()
        # Changes what the server says.
        self.change: Change | None = None
        # Cut each connection once the server has said so many bytes in it.
        self.cut_after: int | None = None
        self._flows = threading.Event()
        self._flows.set()
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def hang(self) -> None:
        """Pass nothing on, and keep every connection open."""
        self._flows.clear()

    def flow(self) -> None:
        """Pass everything on again."""
        self._flows.set()

    def cut(self) -> None:
        """End every connection that is open now."""
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def close(self) -> None:
        """End it all."""
        self.flow()
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self.connections += 1
                server = socket.create_connection(
                    ("127.0.0.1", self._server_port), source_address=(self._source, 0)
                )
                self._open += [client, server]
                for pair in ((client, server, False), (server, client, True)):
                    threading.Thread(target=self._pass, args=pair, daemon=True).start()

    def _pass(self, giver: socket.socket, taker: socket.socket, from_server: bool) -> None:
        said = 0
        with suppress(OSError):
            while data := giver.recv(4096):
                self._flows.wait()
                if not from_server:
                    self.sent += data
                elif self.change is not None:
                    data = self.change(data)
                said += len(data)
                taker.sendall(data)
                if from_server and self.cut_after is not None and said >= self.cut_after:
                    break
        for one in (giver, taker):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@contextmanager
def tcp_proxy(port: int, *, source: str = "127.0.0.1") -> Iterator[TcpProxy]:
    """Run a proxy in front of a port until the block ends."""
    proxy = TcpProxy(port, source=source)
    try:
        yield proxy
    finally:
        proxy.close()
