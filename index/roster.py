"""Everyone whom an article names in full, and how a surname or a role finds them."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from index import wordlists
from index.names import NAME, fold, gender_of, is_body, same_given, split_title, surname
from index.quotations import NICKNAME

NAME_RUN = re.compile(NAME)
_ROLE = "|".join(sorted(wordlists.ROLE_NOUNS))
_BESIDE = re.compile(
    rf"(?:the|a|an|one|former|chief|senior|vice|executive|assistant|deputy|co-)\b.*\b(?:{_ROLE})s?\b"
    rf"|(?:[\w’'.&-]+ ){{0,5}}(?:{_ROLE})(?: (?:of|for|at) .*)?$"
)
_APPOSITION = re.compile(
    r"(?:\s\([^()]{1,30}\))?,\s(?:\d{1,2},\s)?((?:[^,.;:“”\"\n]|(?<=[A-Z])\.(?=[A-Z]|\s[A-Za-z])){4,120})[,.]"
)
_BEFORE_RUN = re.compile(r"(?:\b(former|then|ex|acting|late)[ -]|\b((?:[A-Z][\w.]* ){0,2}[A-Z]\w+ of (?:the )?))$")
_OWNER = re.compile(r"(.+?)[’']s ")
_ACRONYM = re.compile(r"[(\[]([A-Z][A-Za-z&.]{1,9})[)\]]")
_NAME_BEFORE = re.compile(rf"({NAME}(?: (?:of|for|and|on|&) (?:the )?{NAME})*) $")
OPENING_WORDS = (
    wordlists.BREAKS
    | wordlists.PREPOSITIONS
    | wordlists.DETERMINERS
    | frozenset(
        "however meanwhile also then still yet as according later former he she it they we i you there not "
        "only now like unlike upon speaking separately because even newest".split()
    )
    # "Follow Omar Penn on", "Courtesy Ann Tarrow": what a page says to its reader, and the credit of a picture.
    | frozenset("follow contact courtesy photo photos video join visit".split())
)
_LONGEST_NAME = 5
# Different names of one article; in a month of press releases the most is 170.
_MOST_RUNS = 2000
# "Attorney for South Saltland Ann B. Tarrow"
_ENVOY = re.compile(r"(?:Ambassador|Commissioner|Attorney) (?:to|for) (?:the )?$")
# Who is named so many times as often as another of the surname is who the article is about.
_MORE = 3
_DEGREES = frozenset("md phd dds dvm esq rn pharmd mba mph".split())
_COUNTRY = ("U.S.", "US", "U.K.", "UK")
# "… the death of Omar Penn, the attorney general said": the subject of what follows.
_SAID = re.compile(r"\b(?:said|says|announced|told|wrote|added)\b")
# A title of several, and of each one of them: "Senators Ann Tarrow (R-KS) and Omar Penn", "Reps. Hall, Quill and Penn".
_OF_SEVERAL = {
    "senators": "Senator", "sens": "Sen.", "representatives": "Representative", "reps": "Rep.", "governors": "Governor",
    "govs": "Gov.", "congressmen": "Congressman", "congresswomen": "Congresswoman", "congressmembers": "Congressmember",
    "mayors": "Mayor", "secretaries": "Secretary", "judges": "Judge", "justices": "Justice", "professors": "Professor",
}  # fmt: skip
_NEXT_OF_THEM = re.compile(rf"(?:\s?\([^()\n]{{1,30}}\))?(?:(?P<last>,?\s(?:and|&)\s)|,\s)(?P<name>{NAME})")
_BEFORE_IN_HEADLINE = frozenset("statement statements remarks of from by washington today watch".split())
_AFTER_IN_HEADLINE = frozenset(
    "statement statements remarks announces announce introduces introduce applauds applaud condemns urges urge calls "
    "call leads lead joins join releases issues statement on votes honors celebrates secures reintroduces demands "
    "demand introduced announced responds pushes recognizes highlights delivers welcomes today following".split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A full name as it stands somewhere, and the role beside it, or ""."""

    name: str
    role: str


class Roster:
    """The full names of one article."""

    def __init__(self, text: str) -> None:
        self._often: Counter[Entry] = Counter()
        self._by_surname: dict[str, list[Entry]] = defaultdict(list)
        self._by_given: dict[str, list[Entry]] = defaultdict(list)
        self._acronyms: dict[str, str] = {}
        self._text = text
        text = NICKNAME.sub(r"'\1'", text)
        for match in _ACRONYM.finditer(text):
            before = _NAME_BEFORE.search(text, max(0, match.start() - 90), match.start())
            if before:
                self._acronyms.setdefault(match[1], without_opening(before[1]))
        for match in NAME_RUN.finditer(text):
            if len(self._often) == _MOST_RUNS:
                break
            owner = _OWNER.match(match[0])  # "Omar Penn" of "Omar Penn’s Salt Trust"
            if owner and " " in owner[1]:
                self._enter(text, match.start(), match.start() + owner.end(1))
            if " " in match[0]:
                title = self._enter(text, match.start(), match.end())
                if title != of_one(title):
                    self._enter_others(text, match.end(), of_one(title))

    def _enter_others(self, text: str, end: int, role: str) -> None:
        """Enter the names of a list that follow its first one, which ends at ``end``, with the title of each."""
        while (following := _NEXT_OF_THEM.match(text, end)) and len(self._often) < _MOST_RUNS:
            end = following.end("name")
            if self._enter(text, *following.span("name"), role) or following["last"]:
                return

    def _enter(self, text: str, start: int, end: int, given: str = "") -> str:
        """Enter the full name at ``text[start:end]``, if it is one, and return the title that it has there, or "".

        Where it has none, ``given`` is taken for it.
        """
        words = text[start:end]
        # The credit of a picture: "Ann Tarrow/Agency"
        if text[end : end + 1] == "/" or " Images" in words or " Says " in words:
            return ""
        run = without_headline(without_opening(words))
        before = _BEFORE_RUN.search(text, max(0, start - 40), start)
        title, name = split_title((before[2] if before and before[2] else "") + run)
        if before and before[1] and title:
            title = f"{before[1]} {title}"
        tokens = name.split()
        while len(tokens) > 2 and fold(tokens[-1]) in _DEGREES:
            tokens.pop()
            name = " ".join(tokens)
        if len(tokens) > 3 and _ENVOY.search(text, max(0, start - 40), start):
            tokens = tokens[-3 if len(tokens[-2]) == 2 else -2 :]
            name = " ".join(tokens)
        shouted = any(t.isupper() and len(t) > 3 and t.isalpha() for t in tokens)
        if not 2 <= len(tokens) <= _LONGEST_NAME or is_body(name) or shouted or tokens[0] in _COUNTRY:
            return title
        role = of_one(title) or given
        after = None if role else _APPOSITION.match(text, end)
        if after and _BESIDE.match(after[1]) and not _SAID.search(after[1]):
            role = after[1]
        entry = Entry(name, role)
        if entry not in self._often:
            self._by_surname[surname(name)].append(entry)
            self._by_given[fold(tokens[0])].append(entry)
        self._often[entry] += 1
        return title

    def body(self, letters: str) -> str:
        """Return what an acronym stands for, or ""."""
        return self._acronyms.get(letters, "")

    def is_common_word(self, word: str) -> bool:
        """True for a capitalised word that nobody here is called by, and that stands in lower case elsewhere."""
        lower = word.lower()
        return (
            word.isalpha()
            and not self.with_surname(lower)
            and not self.with_given(lower)
            and f" {lower} " in self._text
        )

    def knows(self, name: str) -> bool:
        """Say whether ``name`` is somebody's full name or surname."""
        return bool(self.with_surname(name)) and not is_body(name)

    def has(self, word: str) -> bool:
        """Say whether the text has a capitalised word without "'s" after it."""
        return bool(re.search(rf"\b{re.escape(word)}\b(?![’']s)", self._text))

    def with_surname(self, name: str) -> list[Entry]:
        """Return the entries with the last name of ``name``."""
        return self._by_surname.get(surname(name), [])

    def with_given(self, name: str) -> list[Entry]:
        """Return the entries with the first name ``name``."""
        return self._by_given.get(fold(name), [])

    def fullest(self, name: str, spoken: list[str], recent: list[str], *, given: bool = True, pronoun: str = "") -> str:
        """Return the fullest form of a name in the article.

        Args:
            name: A name, possibly a surname alone.
            spoken: Who has spoken so far, and may be meant by a first name.
            recent: Who was spoken of lately; a bare surname means the latest of them who bears it, else of those who
                have spoken, unless another is named far more often.
            given: Whether a single word may be a first name.
            pronoun: "he" or "she" where a courtesy title tells.
        """
        tokens = fold(name).split()
        if not tokens:
            return name
        entries = [e for e in self.with_surname(name) if not pronoun or gender_of(e.name) in (None, pronoun)]
        if len(tokens) > 1:
            same = [e.name for e in entries if same_given(fold(e.name).split()[0], tokens[0])]
            same += [e.name for e in entries if fold(e.name).split()[-len(tokens) :] == tokens]
            longest = max(same, key=lambda n: len(n.split()), default=name)
            return longest if len(longest.split()) >= len(tokens) else name
        if not entries and given:
            entries = self.with_given(name)
            if len({e.name for e in entries}) > 1 or not gender_of(f"{name} {name}"):
                entries = [e for e in entries if e.role or e.name in spoken]
        names: Counter[str] = Counter()
        for e in entries:
            names[e.name] += self._often[e]
        if not names:
            return name
        chosen = _chosen(names, spoken, recent)
        same = [n for n in names if same_given(fold(n).split()[0], fold(chosen).split()[0])]
        return max(same, key=lambda n: len(n.split()))

    def role(self, name: str) -> str:
        """Return the first role that stands beside a name, or ""."""
        given = fold(name).split()[:1]
        same = (e.role for e in self.with_surname(name) if fold(e.name).split()[:1] == given)
        return next((role for role in same if role and fold(role) not in wordlists.COURTESY), "")


def _chosen(names: Counter[str], spoken: list[str], recent: list[str]) -> str:
    """Return which of several names of one surname is meant."""
    often, most = names.most_common(1)[0]
    latest = next((name for name in reversed(recent) if name in names and name in spoken), "")
    before = next((name for name in reversed(spoken) if name in names and _MORE * names[name] > most), "")
    return latest or before or often


def of_one(title: str) -> str:
    """Return the title of each of several: "U.S. Senator" for "U.S. Senators"; others as they are."""
    before, space, last = title.rpartition(" ")
    return before + space + _OF_SEVERAL.get(fold(last), last)


def without_headline(run: str) -> str:
    """Cut a headline off a name: "Rep. Ann Tarrow Statement", "Statement Of Senator Ann Tarrow"."""
    tokens = run.split()
    while tokens and fold(tokens[0]) in _BEFORE_IN_HEADLINE:
        tokens.pop(0)
    for index, token in enumerate(tokens):
        if index > 1 and fold(token) in _AFTER_IN_HEADLINE:
            return " ".join(tokens[:index])
    return " ".join(tokens)


def without_opening(run: str) -> str:
    """Take off capitalised words that only begin a sentence."""
    tokens = run.split()
    while tokens and fold(tokens[0]) in OPENING_WORDS:
        tokens.pop(0)
    return " ".join(tokens)
