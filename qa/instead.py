"""What to say and offer where the one who was asked for is not quoted on the topic."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Protocol

from index import wordlists
from index.identity import same_speaker
from index.people import People, Person, merge
from index.people_file import Group, NameKey
from index.records import Filters
from index.statement_store import SpeakerName, StatementRow
from qa.records import Instead, Query

_SEVERAL = frozenset(word for word in wordlists.ROLE_NOUNS if word.endswith("s") and word[:-1] in wordlists.ROLE_NOUNS)
OFFERED_STATEMENTS = 3
OFFERED_SPEAKERS = 5
# More people of one name than these are not listed by name.
NAMED = 3
# A longer topic is most of the question: "about that" reads better.
LONGEST_TOPIC = 12
# "It", "his passing": whose or what is not said, so that nobody else can be asked for it.
_POINTING = re.compile(r"(?:it|that|this|them|those|these|him|her|there)$|(?:his|her|its|their|my|your|our)\b", re.I)


class SaidIn(Protocol):
    """The part of a library that is needed here."""

    def statements(self, filters: Filters = ..., speaker: str = ..., about: str = ...) -> list[StatementRow]:
        """List who said what, oldest first."""


def instead(
    library: SaidIn, query: Query, decided: Sequence[Group] = (), described: Collection[tuple[str, str]] = ()
) -> Instead | None:
    """Return what to say and offer where a question for somebody's words has no answer.

    Args:
        library: Where statements are looked up.
        query: The question that was not answered.
        decided: Names of speakers that the user put together, see ``index.people_file.read_groups``.
        described: Speakers, each with the id of an article, whose statements there were found for a description that
            only the article explains ("the shop owner"), although none answers well enough.

    Returns:
        None where nobody's words were asked for.
    """
    if not query.speaker:
        return None
    topic = "" if _POINTING.match(query.topic) else query.topic
    theirs = library.statements(query.filters, speaker=query.speaker)
    names = _named(query.speaker, theirs, decided)
    if not theirs:
        names = sorted({name for name, _ in described})
        rows = (row for name in names for row in library.statements(query.filters, speaker=name))
        theirs = [row for row in rows if (row.speaker, row.article_id) in described]
    on_topic = library.statements(query.filters, about=topic) if topic else []
    own = {row.id for row in theirs}
    close = [row for row in theirs if row.id in {row.id for row in on_topic}]
    return Instead(
        sentence=_sentence(query, names, theirs, close, topic),
        speaker=_listed(names) or _as_asked(query),
        topic=topic,
        articles=_articles(theirs),
        statements=tuple(_newest(close or theirs)),
        speakers=tuple(_others([row for row in on_topic if row.id not in own], decided)),
    )


def _sentence(
    query: Query, names: Sequence[str], theirs: Sequence[StatementRow], close: Sequence[StatementRow], topic: str
) -> str:
    """Say what was found; "not about" only where no statement of theirs has the words of the topic."""
    where = "in the articles that the filters leave" if query.filters else "here"
    who = _listed(names) or _as_asked(query)
    about = topic if len(topic.split()) <= LONGEST_TOPIC else "that"
    if not theirs:
        return f"No statement by {_as_asked(query)} was found {where}."
    if close:
        return f"What {who} said {where} about {about} does not clearly answer that."
    if not topic:
        return f"What {who} said {where} does not clearly answer that."
    articles, verb = _articles(theirs), "are" if len(names) > 1 or who.split()[-1].lower() in _SEVERAL else "is"
    count = f"{articles:,} article{'' if articles == 1 else 's'}"
    quoted = f"{count} that the filters leave" if query.filters else f"{count} here"
    return f"{who[:1].upper()}{who[1:]} {verb} quoted in {quoted}, but not about {about}."


def _as_asked(query: Query) -> str:
    """Return the speaker as the question writes it, with "the" where it does: "the mayor"."""
    with_article = re.search(rf"\bthe {re.escape(query.speaker)}", query.interpreted_as, re.IGNORECASE)
    return f"the {query.speaker}" if with_article else query.speaker


def _named(asked: str, rows: Sequence[StatementRow], decided: Sequence[Group]) -> list[str]:
    """Return the names of those whom ``asked`` means, most statements first; empty where no name is known."""
    people, found = _people(rows, decided), dict[str, None]()
    for person in people.everyone:
        if person.named and any(same_speaker(asked, n.key.name, n.key.role, n.key.name) for n in person.names):
            found[person.name] = None
    return list(found)


def _listed(names: Sequence[str]) -> str:
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], f"{len(names) - NAMED + 1} others"]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _newest(rows: Sequence[StatementRow]) -> list[StatementRow]:
    """Return the newest statements, the newest first, of repeated words one; those without a date come last."""
    dated = [row for row in rows if row.published]
    ordered = sorted(dated, key=lambda row: (row.published, row.id), reverse=True)
    once: dict[str, StatementRow] = {}
    for row in (*ordered, *(row for row in rows if not row.published)):
        once.setdefault(row.text.casefold(), row)
    return list(once.values())[:OFFERED_STATEMENTS]


def _others(rows: Sequence[StatementRow], decided: Sequence[Group]) -> list[SpeakerName]:
    """Return those who made the statements, most statements first; who has no name is left out."""
    people = _people(rows, decided)
    said: dict[str, list[StatementRow]] = defaultdict(list)
    for row in rows:
        for person in people.of(row.speaker, row.role):
            said[person.id].append(row)
    named = [person for person in people.everyone if person.named][:OFFERED_SPEAKERS]
    return [_counted(person, said[person.id]) for person in named]


def _counted(person: Person, rows: Sequence[StatementRow]) -> SpeakerName:
    return SpeakerName(person.name, person.role, len(rows), _articles(rows), person.first, person.last)


def _people(rows: Sequence[StatementRow], decided: Sequence[Group]) -> People:
    """Merge the names that the statements give into people."""
    given: dict[NameKey, list[StatementRow]] = defaultdict(list)
    for row in rows:
        given[NameKey(row.speaker, row.role)].append(row)
    return merge((_quoted(key, of) for key, of in given.items()), decided)


def _quoted(key: NameKey, rows: Sequence[StatementRow]) -> SpeakerName:
    days = [row.published for row in rows if row.published]
    first, last = min(days, default=None), max(days, default=None)
    return SpeakerName(key.name, key.role, len(rows), _articles(rows), first, last)


def _articles(rows: Sequence[StatementRow]) -> int:
    return len({row.article_id for row in rows})
