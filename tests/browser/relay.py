"""A balancer of the simplest kind: one port, behind which now this server is and now that."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Relay:
    """Passes each connection on to a port of this machine.

    Attributes:
        port: Where it listens.
    """

    def __init__(self) -> None:
        self._listening = socket.create_server(("localhost", 0))
        self.port = int(self._listening.getsockname()[1])
        self._to = 0
        self._open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def lead_to(self, port: int) -> None:
        """Lead to another server from now on; connections with the one before are cut."""
        self._to = port
        while self._open:
            with suppress(OSError):
                self._open.pop().shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Take no more connections."""
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):  # it was closed
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(("localhost", self._to))
                self._open += (client, server)
                for source, target in ((client, server), (server, client)):
                    threading.Thread(target=_pass_on, args=(source, target), daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError), source, target:
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def relaying() -> Iterator[Relay]:
    """Give a relay, which ends afterwards."""
    relay = Relay()
    try:
        yield relay
    finally:
        relay.close()
