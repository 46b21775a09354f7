"""Who a subject means inside its article: full names, roles, and pronouns by what was said before."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from index import cues
from index.attribution import NAME, ROLE_START

_NAME = re.compile(NAME)
_PARENTHESES = re.compile(r",?\s*\([^()]*\)")
_POSSESSIVE = re.compile(r"[’']s?$")
_GENERATION = frozenset("jr sr ii iii iv".split())
_DETERMINED = re.compile(r"^(?:the|a|an|his|her|their|its|one|another|this|that|these|those)\s+", re.IGNORECASE)
_FROM_WHOM = re.compile(rf"\b(?:statement|letter|release|report|study|post|tweet|email|memo|survey) (?:from|by|of) (?:the )?({NAME})")
_DOCUMENTS = frozenset(
    "study report letter statement release article post email memo filing complaint lawsuit indictment survey poll "
    "document book paper site website source".split()
)
_SHORT_TITLES = {"sen": "senator", "sens": "senator", "senators": "senator", "gov": "governor", "rep": "representative",
                 "reps": "representative", "congressman": "representative", "congresswoman": "representative",
                 "dr": "doctor", "prof": "professor", "gen": "general", "lt": "lieutenant", "sgt": "sergeant",
                 "spokeswoman": "spokesperson", "spokesman": "spokesperson", "chairman": "chair", "chairwoman": "chair",
                 "leader": "head", "us": "u.s"}
_LOOK_BACK = 12


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, a body or a role as it was last spoken of."""

    name: str
    role: str = ""
    plural: bool = False
    person: bool = True


def fold(text: str) -> str:
    """Lower-case text without accents, apostrophes and full stops, for comparing names."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[.’'‘`]", "", text).casefold()


def split_title(phrase: str) -> tuple[str, str]:
    """Part a noun phrase into role and name: "Attorney General Merrick Garland" → ("Attorney General", "Merrick Garland").

    The name is "" where the phrase names nobody ("the attorney general").
    """
    phrase = _DETERMINED.sub("", _PARENTHESES.sub("", phrase).strip().rstrip(","), count=1)
    tokens = phrase.split()
    begin = 0
    for index, token in enumerate(tokens):
        bare = fold(token).strip(",")
        lower = token[0].islower() and token not in ("de", "del", "la", "van", "von", "der", "den", "bin", "al", "el", "da", "di",
                                                     "du", "le", "of", "for", "the", "and")
        possessive = token[0].isupper() and _POSSESSIVE.search(token) and token[-1] not in "’'"
        if lower or bare in cues.TITLES or (possessive and fold(tokens[-1]) not in cues.ORGANISATION):
            begin = index + 1
    name = " ".join(tokens[begin:])
    if not name or not name[0].isupper():
        return phrase, ""
    return " ".join(t for t in tokens[:begin]).strip(), _POSSESSIVE.sub("", name)


def is_body(name: str) -> bool:
    """True where a name has a word that institutions have and people do not."""
    return any(fold(token) in cues.ORGANISATION for token in name.split()) or " of " in name or name.isupper()


def surname(name: str) -> str:
    """Return the folded last name, without "Jr."."""
    tokens = [t for t in fold(name).replace(",", " ").split() if t not in _GENERATION]
    return tokens[-1] if tokens else ""


class Cast:
    """The people of one article; it is asked in text order and remembers who was spoken of."""

    def __init__(self, text: str) -> None:
        self._named: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self._first: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self._runs: list[tuple[int, str]] = []
        self._roles: dict[str, str] = {}
        self._gender: dict[str, str] = {}
        self._speakers: list[str] = []
        self._recent: list[Mention] = []
        for match in _NAME.finditer(text):
            if " " in match[0]:
                self._enter(text, match)

    def _enter(self, text: str, match: re.Match[str]) -> None:
        run = match[0]
        tokens = run.split()
        while tokens and fold(tokens[0]) in _OPENING_WORDS:
            tokens.pop(0)
        self._runs.append((match.start(), " ".join(tokens)))
        role, name = split_title(" ".join(tokens))
        tokens = name.split()
        if not 2 <= len(tokens) <= 5 or is_body(name):
            return
        after = re.compile(r"(?:\s\([^()]{1,30}\))?,\s(?:\d{1,2},\s)?([^,.;:“”\"\n]{4,120})[,.]").match(text, match.end())
        if not role and after and ROLE_START.match(after[1]) and not after[1].startswith(("and ", "who ")):
            role = after[1]
        entry = (match.start(), name, role)
        self._named[surname(name)].append(entry)
        self._first[fold(tokens[0])].append(entry)

    def note(self, phrase: str) -> None:
        """Remember that a sentence has this subject."""
        role, name = split_title(phrase)
        if not name or is_body(name):
            return
        full = self._full(name)
        if " " in full or role:
            self._learn(full, role)
            self._recent.append(Mention(full, self._role(full)))

    def resolve(self, phrase: str, apposition: str = "") -> Mention:
        """Say who a subject means, and remember it as the latest speaker."""
        mention = self._resolve(phrase.strip(), apposition.strip())
        self._recent.append(mention)
        if mention.name and mention.name not in self._speakers:
            self._speakers.append(mention.name)
        return mention

    def latest(self) -> Mention | None:
        """Return the latest person, body or role spoken of."""
        return self._recent[-1] if self._recent else None

    def _resolve(self, phrase: str, apposition: str) -> Mention:
        lower = phrase.lower()
        if lower in ("he", "she"):
            return self._by_pronoun(lower)
        if lower == "they":
            found = next((m for m in reversed(self._recent[-4:]) if m.plural), None)
            return found or Mention("", plural=True)
        if lower == "it":
            found = next((m for m in reversed(self._recent[-4:]) if not m.person), None)
            return found or Mention("", person=False)
        sender = _FROM_WHOM.search(phrase)
        if sender:
            return Mention(self._full(sender[1]), person=False)
        several = self._several(phrase)
        if several:
            return several
        role, name = split_title(phrase)
        if not name or phrase[:2].lower() == "a " or (phrase.split()[0].lower() in cues.DETERMINERS and _SOMEONES.search(phrase)):
            return self._by_role(phrase)
        base, _, _ = name.partition(" of ")
        if not is_body(base) and base.split()[0] not in cues.ORGANISATION and (role or " " in base):
            name = base
        name = re.sub(r" for (?:the )?.*", "", name) if role else name
        full = name if is_body(name) else self._full(name)
        self._learn(full, apposition or role)
        plural = phrase.split()[0].lower() in ("senators", "sens.", "reps.", "representatives")
        return Mention(full, apposition or self._given(role) or self._role(full), plural, not is_body(full))

    @staticmethod
    def _given(role: str) -> str:
        return "" if fold(role) in cues.COURTESY else role

    def _several(self, phrase: str) -> Mention | None:
        parts = re.split(r",? and |, ", _PARENTHESES.sub("", phrase))
        if len(parts) < 2 or is_body(phrase):
            return None
        names = [self._full(split_title(part)[1]) if part and split_title(part)[1] else "" for part in parts]
        if not all(" " in name for name in names):
            return None
        return Mention(" and ".join(names), split_title(parts[0])[0], plural=True)

    def _full(self, name: str) -> str:
        """Return the fullest form of a name in the article."""
        tokens = fold(name).split()
        if not tokens:
            return name
        entries = self._named.get(surname(name), [])
        if len(tokens) > 1:
            same = [n for _, n, _ in entries if _same_given(fold(n).split()[0], tokens[0])]
            long = max(same, key=lambda n: len(n.split()), default=name)
            return long if len(long.split()) >= len(tokens) else name
        names = list(dict.fromkeys(n for _, n, _ in entries))
        spoken = [n for n in reversed(self._speakers) if n in names]
        if not names:
            names = list(dict.fromkeys(n for _, n, _ in self._first.get(tokens[0], [])))
            spoken = [n for n in reversed(self._speakers) if n in names]
        if not names:
            return name
        chosen = spoken[0] if spoken else names[0]
        same = [n for n in names if _same_given(fold(n).split()[0], fold(chosen).split()[0])]
        return max(same, key=lambda n: len(n.split()))

    def _learn(self, name: str, role: str) -> None:
        words = set(fold(role).split())
        if words & cues.WOMEN:
            self._gender[name] = "she"
        elif words & cues.MEN:
            self._gender[name] = "he"
        if role and fold(role) not in cues.COURTESY:
            self._roles.setdefault(name, role)

    def _role(self, name: str) -> str:
        known = self._roles.get(name)
        if known is None:
            given = fold(name).split()[:1]
            known = next((r for _, n, r in self._named.get(surname(name), []) if self._given(r) and fold(n).split()[:1] == given), "")
        return known

    def _by_pronoun(self, pronoun: str) -> Mention:
        for mention in reversed(self._recent[-_LOOK_BACK:]):
            if mention.plural or not mention.person:
                continue
            if mention.name:
                gender = self._gender.get(mention.name)
                if gender is None:
                    self._gender[mention.name] = pronoun
                elif gender != pronoun:
                    continue
                return mention
            words = set(fold(mention.role).split())
            if not words & (cues.WOMEN if pronoun == "he" else cues.MEN):
                return mention
        return Mention("")

    def _by_role(self, phrase: str) -> Mention:
        bare = _DETERMINED.sub("", phrase, count=1)
        words = fold(bare).split()
        if not words:
            return Mention("")
        if words[-1] in _DOCUMENTS or words[0] in _DOCUMENTS:
            return Mention("", person=False)
        definite = phrase[:4].lower() == "the "
        wanted = expand(bare)
        plural = words[-1].endswith("s") and not words[-1].endswith("ss") and " for " not in phrase and " of " not in phrase
        if definite and not plural:
            found = self._person_with(wanted) or self._body_called(words)
            if found:
                return found
        return Mention("", phrase, plural)

    def _person_with(self, wanted: set[str]) -> Mention | None:
        recent = [m for m in reversed(self._recent[-_LOOK_BACK:]) if m.person and not m.plural and wanted <= expand(m.role)]
        names = dict.fromkeys(m.name for m in recent)
        everyone = {n: r for entries in self._named.values() for _, n, r in entries if r and wanted <= expand(r)}
        for n, r in self._roles.items():
            if wanted <= expand(r):
                everyone[n] = r
        exact = [n for n, r in everyone.items() if expand(r) == wanted]
        full = {self._full(n) for n in everyone}
        if len(full) == 1 and not (set(names) - full):
            name = full.pop()
            return Mention(name, self._role(name) or everyone.get(name, ""))
        if len(exact) == 1:
            return Mention(self._full(exact[0]), everyone[exact[0]])
        return recent[0] if recent and len(names) == 1 else None

    def _body_called(self, words: list[str]) -> Mention | None:
        phrase = " ".join(words)
        for mention in reversed(self._recent[-_LOOK_BACK:]):
            if mention.name and not mention.person and words[-1] in fold(mention.name).split():
                return mention
        if len(words) > 1:
            for _, run in self._runs:
                if fold(run).endswith(phrase) and len(run.split()) > len(words):
                    return Mention(run, person=False)
        return None


_SOMEONES = re.compile(r"\s(?:for|of|from|at|with)\s")
_OPENING_WORDS = cues.BREAKS | cues.PREPOSITIONS | cues.DETERMINERS | frozenset(
    "however meanwhile also then still yet as according later former he she it they we i you there not only now".split()
)


def _same_given(one: str, other: str) -> bool:
    return one == other or ((len(one) == 1 or len(other) == 1) and one[0] == other[0])


def expand(role: str) -> set[str]:
    """Return the words of a role in a common form: "U.S. Sen." and "US senator" are the same."""
    words = [w.strip(",") for w in re.split(r"[\s/-]+", fold(role)) if w]
    return {_SHORT_TITLES.get(w, w) for w in words} - _EMPTY


_EMPTY = frozenset("the a an of for at in from to and who is top".split())
