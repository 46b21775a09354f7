"""Who a subject means inside its article: full names, roles, and pronouns by what was said before."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from index import wordlists
from index.names import (
    NAME,
    expand,
    fold,
    gender_of,
    is_body,
    undetermined,
    without_parentheses,
    same_given,
    split_title,
    surname,
)
from index.quotations import NICKNAME

_NAME = re.compile(NAME)
_FROM_WHOM = re.compile(
    rf"\b(?:statement|letter|release|report|study|post|tweet|email|memo|survey) (?:from|by|of) (?:the )?({NAME})"
)
_DOCUMENTS = frozenset(
    "study report letter statement release article post email memo filing complaint lawsuit indictment survey poll "
    "document book paper site website source".split()
)
_BODIES = frozenset(
    "company agency office department government administration group organization organisation team committee campaign "
    "union court council board commission firm network newspaper channel university school police church party army".split()
)
_GROUPS = frozenset("Republicans Democrats Senators Members Representatives Americans Congressmen Attorneys".split())
_BESIDE = re.compile(
    rf"(?:the|a|an|one|former|chief|senior|vice|executive|assistant|deputy|co-)\b.*\b(?:{'|'.join(sorted(wordlists.ROLE_NOUNS))})s?\b"
    rf"|(?:[\w’'.&-]+ ){{0,5}}(?:{'|'.join(sorted(wordlists.ROLE_NOUNS))})(?: (?:of|for|at) .*)?$"
)
_BEFORE_RUN = re.compile(r"(?:\b(former|then|ex|acting|late)[ -]|\b((?:[A-Z][\w.]* ){0,2}[A-Z]\w+ of (?:the )?))$")
_ACRONYM = re.compile(r"[(\[]([A-Z][A-Za-z&.]{1,9})[)\]]")
_NAME_BEFORE = re.compile(rf"({NAME}(?: (?:of|for|and|on) (?:the )?{NAME})*) $")
_LOOK_BACK = 12
_SOMEONES = re.compile(r"\s(?:for|of|from|at|with)\s")
_GROUP_WORDS = frozenset(
    "others critics people fans locals families friends women men parents neighbors buyers customers".split()
)
_OPENING_WORDS = (
    wordlists.BREAKS
    | wordlists.PREPOSITIONS
    | wordlists.DETERMINERS
    | frozenset(
        "however meanwhile also then still yet as according later former he she it they we i you there not only now".split()
    )
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, a body or a role as it was last spoken of."""

    name: str
    role: str = ""
    plural: bool = False
    person: bool = True


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
        self._text = text
        text = NICKNAME.sub(r"'\1'", text)
        self._acronyms: dict[str, str] = {}
        for match in _ACRONYM.finditer(text):
            before = _NAME_BEFORE.search(text, max(0, match.start() - 90), match.start())
            if before:
                self._acronyms.setdefault(match[1], before[1])
        for match in _NAME.finditer(text):
            if " " in match[0]:
                self._enter(text, match)

    def _enter(self, text: str, match: re.Match[str]) -> None:
        run = match[0]
        tokens = run.split()
        while tokens and fold(tokens[0]) in _OPENING_WORDS:
            tokens.pop(0)
        self._runs.append((match.start(), " ".join(tokens)))
        before = _BEFORE_RUN.search(text[max(0, match.start() - 40) : match.start()])
        if before and before[2]:
            role, name = split_title(before[2] + " ".join(tokens))
        else:
            role, name = split_title(" ".join(tokens))
            if before and role:
                role = f"{before[1]} {role}"
        tokens = name.split()
        if (
            not 2 <= len(tokens) <= 5
            or is_body(name)
            or any(t.isupper() and len(t) > 3 and t.isalpha() for t in tokens)
        ):
            return
        after = re.compile(r"(?:\s\([^()]{1,30}\))?,\s(?:\d{1,2},\s)?([^,.;:“”\"\n]{4,120})[,.]").match(
            text, match.end()
        )
        if not role and after and _BESIDE.match(after[1]):
            role = after[1]
        entry = (match.start(), name, role)
        self._named[surname(name)].append(entry)
        self._first[fold(tokens[0])].append(entry)

    def note(self, phrase: str) -> None:
        """Remember that a sentence has this subject."""
        role, name = split_title(phrase)
        if not name or is_body(name):
            return
        full = self._full(name, given=False)
        if " " in full or (role and name):
            self._learn(full, role)
            self._recent.append(Mention(full, self._role(full)))

    def resolve(self, phrase: str, apposition: str = "", before: str = "") -> Mention:
        """Say who a subject means, and remember it as the latest speaker.

        Args:
            phrase: The subject as written.
            apposition: What stands beside it, or "".
            before: The words of the sentence before the subject: a person named there may be whom a pronoun means.
        """
        mention = self._resolve(phrase.strip(), apposition.strip(), self._rivals(before))
        self._recent.append(mention)
        if mention.name and mention.name not in self._speakers:
            self._speakers.append(mention.name)
        return mention

    def introduce(self, phrase: str) -> None:
        """Remember whom a sentence that ends in a colon gives the word to."""
        self._recent.append(self._resolve(phrase, "", set()))

    def latest(self) -> Mention | None:
        """Return the latest person, body or role spoken of."""
        return self._recent[-1] if self._recent else None

    def _rivals(self, before: str) -> set[str]:
        """Return the people named in ``before`` other than after a preposition."""
        names = set()
        for match in _NAME.finditer(before):
            ahead = before[: match.start()].rstrip().rsplit(" ", 1)[-1].lower()
            words = match[0].split()
            while words and fold(words[0]) in _OPENING_WORDS:
                words.pop(0)
            name = split_title(" ".join(words))[1] if words else ""
            if name and ahead not in wordlists.PREPOSITIONS and fold(name) not in _OPENING_WORDS and not is_body(name):
                full = self._full(name)
                if " " in full:
                    names.add(full)
        return names

    def _resolve(self, phrase: str, apposition: str, rivals: set[str]) -> Mention:
        lower = phrase.lower()
        if lower in ("he", "she"):
            return self._by_pronoun(lower, rivals)
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
        if (
            not name
            or lower in wordlists.DETERMINERS
            or _someones(phrase)
            or phrase.split()[-1] in _GROUPS
            or self._is_group(phrase)
        ):
            return self._by_role(phrase)
        base, _, _ = name.partition(" of ")
        if not is_body(base) and base.split()[0] not in wordlists.ORGANISATION and (role or " " in base):
            name = base
        name = re.sub(r" for (?:the )?.*", "", name) if role else name
        full = self._acronyms.get(name) or (name if is_body(name) else self._full(name))
        self._learn(full, apposition or role)
        plural = phrase.split()[0].lower() in ("senators", "sens.", "reps.", "representatives")
        return Mention(full, apposition or self._given(role) or self._role(full), plural, not is_body(full))

    def _is_group(self, phrase: str) -> bool:
        """True for "Friends" or "Police" at the beginning of a sentence."""
        word = phrase.lower()
        if " " not in word and word.isalpha() and not self._named.get(fold(word)) and not self._first.get(fold(word)):
            return f" {word} " in self._text
        return (
            (word in wordlists.ROLE_NOUNS or word in _GROUP_WORDS)
            and word.endswith(("s", "e"))
            and not self._named.get(word)
        )

    @staticmethod
    def _given(role: str) -> str:
        return "" if fold(role) in wordlists.COURTESY else role

    def _several(self, phrase: str) -> Mention | None:
        parts = re.split(r",? and |, ", without_parentheses(phrase))
        if len(parts) < 2 or is_body(phrase):
            return None
        names = [self._full(split_title(p)[1] or (p if p[:1].isupper() and " " not in p else "")) for p in parts]
        if not all(" " in name for name in names):
            return None
        return Mention(" and ".join(names), split_title(parts[0])[0], plural=True)

    def _full(self, name: str, *, given: bool = True) -> str:
        """Return the fullest form of a name in the article."""
        tokens = fold(name).split()
        if not tokens:
            return name
        entries = self._named.get(surname(name), [])
        if len(tokens) > 1:
            same = [n for _, n, _ in entries if same_given(fold(n).split()[0], tokens[0])]
            same = same or [n for _, n, _ in entries if fold(n).split()[-len(tokens) :] == tokens]
            long = max(same, key=lambda n: len(n.split()), default=name)
            return long if len(long.split()) >= len(tokens) else name
        names = list(dict.fromkeys(n for _, n, _ in entries))
        spoken = [n for n in reversed(self._speakers) if n in names]
        if not names and given:
            first = self._first.get(tokens[0], [])
            names = list(dict.fromkeys(n for _, n, r in first if r or n in self._speakers))
            spoken = [n for n in reversed(self._speakers) if n in names]
        if not names:
            return name
        chosen = (
            spoken[0] if spoken else Counter(n for _, n, _ in entries).most_common(1)[0][0] if entries else names[0]
        )
        same = [n for n in names if same_given(fold(n).split()[0], fold(chosen).split()[0])]
        return max(same, key=lambda n: len(n.split()))

    def _learn(self, name: str, role: str) -> None:
        words = set(fold(role).split())
        if words & wordlists.WOMEN:
            self._gender[name] = "she"
        elif words & wordlists.MEN:
            self._gender[name] = "he"
        if role and fold(role) not in wordlists.COURTESY:
            self._roles.setdefault(name, role)

    def _role(self, name: str) -> str:
        known = self._roles.get(name)
        if known is None:
            given = fold(name).split()[:1]
            known = next(
                (
                    r
                    for _, n, r in self._named.get(surname(name), [])
                    if self._given(r) and fold(n).split()[:1] == given
                ),
                "",
            )
        return known

    def _by_pronoun(self, pronoun: str, rivals: set[str]) -> Mention:
        mention = self._latest_of(pronoun)
        others = {r for r in rivals - {mention.name} if gender_of(r) in (None, pronoun)}
        return Mention("") if others else mention

    def _latest_of(self, pronoun: str) -> Mention:
        for mention in reversed(self._recent[-_LOOK_BACK:]):
            if mention.plural or not mention.person:
                continue
            if mention.name:
                gender = self._gender.get(mention.name) or gender_of(mention.name)
                if gender is None:
                    self._gender[mention.name] = pronoun
                elif gender != pronoun:
                    continue
                return mention
            words = set(fold(mention.role).split())
            if not words & (wordlists.WOMEN if pronoun == "he" else wordlists.MEN):
                return mention
        return Mention("")

    def _by_role(self, phrase: str) -> Mention:
        bare = undetermined(phrase)
        words = fold(bare).split()
        if not words:
            return Mention("")
        if words[-1] in _DOCUMENTS or words[0] in _DOCUMENTS:
            return Mention("", person=False)
        definite = phrase[:4].lower() == "the "
        wanted = expand(bare)
        plural = (
            words[-1].endswith("s") and not words[-1].endswith("ss") and " for " not in phrase and " of " not in phrase
        )
        if definite and not plural:
            found = self._body_called(words) if words[-1] in _BODIES else self._person_with(wanted)
            if found:
                return found
        is_role = any(w in wordlists.ROLE_NOUNS or w.rstrip("s") in wordlists.ROLE_NOUNS for w in words)
        return Mention("", phrase if is_role else "", plural, is_role and words[-1] not in _BODIES)

    def _person_with(self, wanted: set[str]) -> Mention | None:
        recent = [
            m for m in reversed(self._recent[-_LOOK_BACK:]) if m.person and not m.plural and wanted <= expand(m.role)
        ]
        names = dict.fromkeys(m.name for m in recent)
        everyone = {n: r for entries in self._named.values() for _, n, r in entries if r and wanted <= expand(r)}
        for n, r in self._roles.items():
            if wanted <= expand(r):
                everyone[n] = r
        exact = [n for n, r in everyone.items() if expand(r) == wanted]
        full = {self._full(n) for n in everyone}
        if len(full) == 1 and not (set(names) - full) and (names or wanted & wordlists.TITLES):
            name = full.pop()
            return Mention(name, self._role(name) or everyone.get(name, ""))
        if len(exact) == 1:
            return Mention(self._full(exact[0]), everyone[exact[0]])
        return recent[0] if recent and len(names) == 1 else None

    def _body_called(self, words: list[str]) -> Mention | None:
        for mention in reversed(self._recent[-_LOOK_BACK:]):
            if mention.name and not mention.person and words[-1] in fold(mention.name).split():
                return mention
        if len(words) > 1:
            for _, run in self._runs:
                tokens = fold(run).split()
                for index in range(1, len(tokens) - len(words) + 1):
                    if tokens[index : index + len(words)] == words:
                        return Mention(" ".join(run.split()[: index + len(words)]), person=False)
        return None


def _someones(phrase: str) -> bool:
    """True for "a spokesman for Youngkin": a name is in it, but of somebody else."""
    tokens = phrase.split()
    return (
        tokens[0].lower() in wordlists.DETERMINERS
        and len(tokens) > 1
        and tokens[1][0].islower()
        and (bool(_SOMEONES.search(phrase)) or tokens[-1][0].islower())
    )
