"""Which speakers may be meant by a name or role, decided by letters alone before the rules look at each of them.

The rules of ``same_speaker`` take some 25 µs for each speaker, and a library of 13,000 articles has 60,000 ways of
naming one. A key holds every word that those rules could find an asked word equal or alike to, so nobody whom they
would accept is left out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from index.identity import GENERATION, HEADS, asked_words
from index.names import expand, fold

_PIECE = re.compile(r"[^\W_]+")
# Words alike have a stem of this many letters in common.
_LETTERS = 4
_THEN = "|"  # parts the words of the name from those of the role


def speaker_key(name: str, role: str, written: str) -> str:
    """Return the words that a speaker may be asked for by, each between two spaces.

    >>> speaker_key("Merrick Garland", "Attorney Gen.", "he")
    ' garland merrick mg | attorney gen general he '
    """
    names = set(_pieces(name))
    for one in name.split(" and "):
        names.add("".join(word[0] for word in asked_words(one) if word not in GENERATION))
    roles = {*_pieces(role), *_pieces(written)}
    roles.update(piece for word in expand(role) | expand(written) for piece in _pieces(word))
    return f" {' '.join(sorted(names - {''}))} {_THEN} {' '.join(sorted(roles))} "


@dataclass(frozen=True, slots=True)
class AskedKey:
    """How the words of an asked name or role begin, in keys.

    Attributes:
        any_of: One of these is in the key of each speaker who may be meant.
        words: For each word the beginnings of the words alike; a role that is meant has one of each.
    """

    any_of: frozenset[str]
    words: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, asked: str) -> Self:
        """Read a name or role: "the AG Garland" gives " ag " and " garl"."""
        raw = asked_words(asked)
        words = tuple(_beginnings(_with_heads(word)) for word in expand(" ".join(raw)))
        return cls(frozenset().union(_beginnings(raw), *words), words)

    def may_mean(self, key: str) -> bool:
        """Say whether the speaker with this key may be meant: by the name, or as a role by all words."""
        name, _, role = key.partition(_THEN)
        return any(beginning in name for beginning in self.any_of) or all(
            any(beginning in role for beginning in alike) for alike in self.words
        )


def _with_heads(word: str) -> Iterable[str]:
    return HEADS if word == "head" else (word, "head") if word in HEADS else (word,)


def _beginnings(words: Iterable[str]) -> frozenset[str]:
    pieces = (piece for word in words for piece in _pieces(word))
    return frozenset(f" {piece[:_LETTERS]}" if len(piece) >= _LETTERS else f" {piece} " for piece in pieces)


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(fold(text))
