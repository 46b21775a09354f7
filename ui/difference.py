"""What a newer text changed in an older one, word by word, as HTML. Pure functions; every text is escaped here."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from index.records import Article
from ui import escape

# Of what stayed the same, so many words are shown on each side of a change.
_AROUND = 25
_WORD = re.compile(r"\S+")

Words = list[re.Match[str]]


def between(older: Article, newer: Article) -> str:
    """Return headline and text of both in one, taken-out words in ``<del>`` and new ones in ``<ins>``.

    Long stretches that stayed the same are cut. "" where all words are the same.
    """
    return of_texts(f"{older.title}\n\n{older.text}", f"{newer.title}\n\n{newer.text}")


def of_texts(older: str, newer: str) -> str:
    """Return what changed from one text to another; see ``between``. White space does not count."""
    old, new = list(_WORD.finditer(older)), list(_WORD.finditer(newer))
    changes = SequenceMatcher(None, [w.group() for w in old], [w.group() for w in new]).get_opcodes()
    if all(kind == "equal" for kind, *_ in changes):
        return ""
    parts: list[str] = []
    for place, (kind, old_from, old_to, new_from, new_to) in enumerate(changes):
        if kind == "equal":
            parts += _kept(newer, new[new_from:new_to], first=place == 0, last=place == len(changes) - 1)
            continue
        for tag, text, words in (("del", older, old[old_from:old_to]), ("ins", newer, new[new_from:new_to])):
            if words:
                parts.append(f"{_gap(text, words)}<{tag}>{_slice(text, words)}</{tag}>")
    return f'<p class="or-changes">{"".join(parts).strip()}</p>'


def _kept(text: str, words: Words, first: bool, last: bool) -> Iterator[str]:
    """Yield words that stayed; of many, only those next to a change."""
    before, after = 0 if first else _AROUND, 0 if last else _AROUND
    if len(words) <= before + after + _AROUND:
        yield _gap(text, words) + _slice(text, words)
        return
    if before:
        yield _gap(text, words) + _slice(text, words[:before])
    yield " […]"
    if after:
        yield _gap(text, words[-after:]) + _slice(text, words[-after:])


def _gap(text: str, words: Words) -> str:
    """Return what parts these words from those before: a space, or the end of a paragraph."""
    before = text[: words[0].start()]
    return "\n\n" if "\n" in before[len(before.rstrip()) :] else " "


def _slice(text: str, words: Words) -> str:
    return escape.html(text[words[0].start() : words[-1].end()])
