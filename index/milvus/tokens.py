"""The tokens of the HTTP API of a library in Milvus: a row each, which all servers read."""

import json
import time

from index.errors import LibraryError, TokenError
from index.milvus.meta import Meta
from index.tokens_kept import Token, refuse_taken, refuse_unknown, token_from_json, token_json


class MilvusTokens:
    """Tokens as rows of the collection ``meta``. A row of its own for each, so that two who add do not collide."""

    is_near = False

    def __init__(self, meta: Meta) -> None:
        self._meta = meta

    def all(self) -> tuple[Token, ...]:
        """Return all tokens, also those that have expired, in the order they were made.

        Raises:
            TokenError: They cannot be read.
        """
        try:
            tokens = [token_from_json(json.loads(words)) for words in self._meta.read_tokens()]
        except (LibraryError, ValueError, TypeError, KeyError) as error:
            raise TokenError(f"The tokens cannot be read ({error}).") from error
        return tuple(sorted(tokens, key=lambda token: (token.created, token.name)))

    def state(self) -> object:
        """Return another number each second, after which they are read again: they may change on any machine."""
        return int(time.monotonic())

    def add(self, token: Token) -> None:
        """Keep a token.

        Raises:
            TokenError: The name is taken, or it cannot be kept.
        """
        refuse_taken(token.name, self.all())
        self._meta.write_token(token.name, json.dumps(token_json(token)))
        if token not in self.all():
            raise TokenError(f"Another process made or removed a token '{token.name}' just now. Try again.")

    def remove(self, name: str) -> None:
        """Remove a token.

        Raises:
            TokenError: There is none of this name, or it cannot be removed.
        """
        refuse_unknown(name, self.all())
        self._meta.delete_token(name)
