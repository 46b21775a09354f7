"""The command ``python -m qa serve``."""

import argparse
import logging
import signal
import socket
import sys
from typing import Any

from index.errors import OnRecordError, TokenError
from index.settings import load_settings, location, shown
from index.store import Store
from qa.engine import Engine
from qa.tokens import Tokens

PORT = 8600


def add_serve(commands: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse keeps the type to itself
    """Add the command to a parser's subparsers and return its parser."""
    parser: argparse.ArgumentParser = commands.add_parser("serve", help="answer over HTTP, to who has a token")
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where to listen (this machine only)")
    parser.add_argument("--port", type=_port, default=PORT, metavar="N", help=f"({PORT}); 0 for any that is free")
    parser.add_argument(
        "--name", action="append", default=[], metavar="HOST",
        help="a name under which it is asked, such as that of the proxy before it; may be repeated",
    )  # fmt: skip
    parser.add_argument("--without-tokens", action="store_true", help="let everybody on this machine read")
    parser.add_argument("--library", type=location, metavar="DIR", help="folder or address of the library")
    return parser


def serve_command(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or Ctrl+C; what was begun is answered first.

    Raises:
        TokenError: Nobody could ask, or everybody anywhere.
        LibraryError: There is no library, or it is not usable with these settings.
        ModelError: A model cannot be loaded.
        OnRecordError: The address cannot be listened on.
    """
    import uvicorn

    from qa.api.app import make_app
    from qa.api.gate import host_names

    settings = load_settings(library=options.library)
    if options.without_tokens:
        _refuse_others(options.host)
    engine = Engine.open(settings)
    with engine.library:
        tokens = None if options.without_tokens else _tokens(engine.library)
        with _listening(options.host, options.port) as listening:
            engine.warm_up()
            app = make_app(engine, settings, host_names(options.host, options.name), tokens)
            logging.getLogger("qa.api").setLevel(logging.INFO)
            listening.listen(2048)
            sys.stderr.write(f"Serving {shown(settings.library)} at {_address(listening)}; Ctrl+C ends it.\n")
            config = uvicorn.Config(
                app, log_config=None, access_log=False, server_header=False, proxy_headers=False, ws="none",
                timeout_graceful_shutdown=int(settings.api_seconds) + 5,
            )  # fmt: skip
            # Once it has ended what was begun, uvicorn sends the process the signal again that ended it.
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, _end)
            uvicorn.Server(config).run(sockets=[listening])
    return 0


def _refuse_others(host: str) -> None:
    from qa.api.gate import is_loopback

    if not is_loopback(host):
        raise TokenError(
            f"{host} can be reached from other machines, which takes tokens: leave out --without-tokens or --host."
        )


def _tokens(library: Store) -> Tokens:
    if not library.tokens.all():
        raise TokenError(
            "Nobody has a token, so nobody could ask. Make one: python -m qa tokens add NAME. For this machine alone "
            "there is --without-tokens."
        )
    return Tokens(library.tokens)


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise OnRecordError(
            f"{host} is no address of this machine ({error.strerror}). Name another with --host."
        ) from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as error:
        listening.close()
        raise OnRecordError(
            f"{host} port {port} cannot be listened on ({error.strerror}). Name another with --port or --host."
        ) from error
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _end(*_: object) -> None:
    raise SystemExit(0)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; it is a number up to 65535")
    return int(text)
