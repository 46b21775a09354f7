"""A balancer of the simplest kind: one port, behind which now this server is and now that."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Relay:
    """Passes each connection on to a port of this machine.

    Attributes:
        port: Where it listens.
        to: The port that new connections go to.
    """

    def __init__(self) -> None:
        self._listening = socket.create_server(("localhost", 0))
        self.port = int(self._listening.getsockname()[1])
        self.to = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):  # it was closed
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(("localhost", self.to))
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
