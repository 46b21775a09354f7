"""Who a subject means inside its article: full names, roles, and pronouns by what was said before."""

import re
from dataclasses import dataclass

from index import wordlists
from index.bodies import BODIES, SITE, Bodies
from index.names import NAME, expand, fold, gender_of, is_body, split_title, undetermined, without_parentheses
from index.phrases import SOMEONES, is_someones
from index.roster import NAME_RUN, OPENING_WORDS, Roster, without_opening

_FROM_WHOM = re.compile(
    rf"\b(?:statements?|notifications?|notices?|alerts?|letter|release|report|study|post|tweet|email|memo|survey|guidance|data|"
    rf"research|analysis|figures|investigation|review|audit|updates?|statistics|estimates?|numbers)"
    rf"(?: (?:released|issued|published|posted|compiled|provided|conducted)(?: (?:on )?(?:{wordlists.DATES}))?)? "
    rf"(?:from|by|of) (?:the |(?:his|her|their) \w+ and )?"
    rf"({NAME}(?: (?:of|for) (?:the )?{NAME}(?: (?:&|and) {NAME})*)?)(?![\w’'&.-]|\s[A-Z]|\s(?!and\b)[a-z])"
)
_SOMEPLACE = re.compile(r"(?:New|North|South|East|West) [A-Z]\w+$")
_THE_SITE = re.compile(r"\b[Tt]he (?:web)?site$")
_NOBODIES = wordlists.ORGANISATION - {"republican", "democrat"}
_GROUPS = frozenset("Republicans Democrats Senators Members Representatives Americans Congressmen Attorneys".split())
_SOMEWHERE = re.compile(r"(.+?) (?:in|at|with|from) (?:the )?(?:[a-z-]+ )?[A-Z]")
_GROUP_WORDS = frozenset(
    "others critics people fans locals families friends women men parents neighbors buyers customers "
    "supporters proponents opponents advocates organizers protesters skeptics meteorologists republicans democrats "
    "conservatives".split()
)
# "Walsh told Harlow that he": who hears is not who speaks next.
_HEARER = frozenset("told tells tell asked telling".split())
_LOOK_BACK, _LOOK_BACK_SHORT, _LOOK_BACK_PARAGRAPHS = 12, 4, 8


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
        self._roster = Roster(text)
        self._bodies = Bodies(text, self._roster)
        self._until = 0  # where the attribution stands whose subject is asked for
        self._roles: dict[str, str] = {}
        self._gender: dict[str, str] = {}
        self._speakers: list[str] = []
        self._recent: list[Mention] = []
        self._paragraphs: list[int] = []  # how many had been spoken of when each new paragraph began

    def next_paragraph(self) -> None:
        """Take note that a new paragraph begins; a pronoun never means somebody many paragraphs ago."""
        self._paragraphs.append(len(self._recent))

    def note(self, phrase: str) -> None:
        """Remember that a sentence has this subject."""
        role, name = split_title(phrase)
        if name and not role:
            self._bodies.note(name)
        if not name or is_body(name) or _SOMEPLACE.match(name):
            return
        full = self._full(name, given=False)
        if " " in full or (role and name):
            self._learn(full, role)
            self._recent.append(Mention(full, self._role(full)))

    def note_group(self, phrase: str) -> None:
        """Remember that a sentence has somebody with colleagues as its subject: "Penn and his co-authors"."""
        mention = self._resolve(phrase, "", set())
        if mention.name:
            self._recent.append(Mention(mention.name, mention.role, plural=True))

    def resolve(self, phrase: str, apposition: str = "", before: str = "", until: int = 0) -> Mention:
        """Say who a subject means, and remember it as the latest speaker.

        Args:
            phrase: The subject as written.
            apposition: What stands beside it, or "".
            before: The words of the sentence before the subject: a person named there may be whom a pronoun means.
            until: Where in the text the subject stands; "the agency" is named before.
        """
        self._until = until
        phrase = re.sub(r"^[Bb]oth ", "", phrase.strip())
        mention = self._resolve(phrase, apposition.strip(), self._rivals(before))
        self._recent.append(mention)
        if mention.name:
            self._speakers = [*(name for name in self._speakers if name != mention.name), mention.name]
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
        for match in NAME_RUN.finditer(before):
            ahead = before[: match.start()].rstrip().rsplit(" ", 1)[-1].lower()
            name = split_title(without_opening(match[0]) or "the")[1]
            if ahead in wordlists.PREPOSITIONS or ahead in _HEARER or ahead.endswith(("'s", "’s")):
                continue
            if not name or fold(name) in OPENING_WORDS or is_body(name) or _SOMEPLACE.match(name):
                continue
            full = self._full(name)
            given = self._roster.with_given(name)
            names.add(full if " " in full or not given else given[0].name)
        return {name for name in names if " " in name}

    def _resolve(self, phrase: str, apposition: str, rivals: set[str]) -> Mention:
        lower = phrase.lower()
        if lower in ("he", "she"):
            return self._by_pronoun(lower, rivals)
        if lower in ("they", "it"):
            recent = reversed(self._recent[-_LOOK_BACK_SHORT:])
            fitting = [m for m in recent if (m.plural if lower == "they" else not m.person)]
            found = next((m for m in fitting if m.name), fitting[0] if fitting else None)
            return found or Mention("", plural=lower == "they", person=lower == "they")
        sender = _FROM_WHOM.search(phrase)
        if sender:
            return Mention(self._full(sender[1]), person=False)
        return self._several(phrase) or self._by_name(phrase, apposition)

    def _by_name(self, phrase: str, apposition: str) -> Mention:
        somewhere = _SOMEWHERE.match(phrase)
        person = split_title(somewhere[1]) if somewhere else ("", "")
        if (
            somewhere
            and (person[0] or " " in person[1] or gender_of(f"{person[1]} {person[1]}"))
            and person[1]
            and not is_body(person[1])
        ):
            phrase = somewhere[1]  # "Judge Omar Penn in Saltby"
        elif somewhere and not person[1] and fold(somewhere[1]).split()[-1] in wordlists.TITLES:
            return self._by_role(phrase)  # "a judge in Saltby"
        role, name = split_title(phrase)
        if not name and " " not in phrase and phrase[:1].isupper() and self._roster.with_surname(phrase):
            role, name = "", phrase  # "Judge said": nobody but one of this name is called so
        if fold(name) in BODIES and phrase[:4].lower() == "the ":
            return self._by_role(phrase)
        if SITE.fullmatch(name or phrase):
            return Mention(name or phrase, person=False)
        if not name or is_someones(phrase) or phrase.split()[-1] in _GROUPS or self._is_group(phrase):
            return self._by_role(phrase)
        base, _, _ = name.partition(" of ")
        if not is_body(base) and base.split()[0] not in wordlists.ORGANISATION and (role or " " in base):
            name = base
        ahead, _, _ = name.partition(" for ")
        name = ahead if role and fold(ahead.split()[-1]) not in wordlists.ORGANISATION else name
        if " " not in phrase and phrase[-2:] in ("'s", "’s") and not self._roster.has(name):
            name = phrase  # a firm whose name ends so
        full = self._roster.body(name) or (
            self._bodies.fullest(name) if is_body(name) else self._full(name, title=role)
        )
        role = role.rstrip(", ")
        self._learn(full, apposition or role)
        return Mention(full, apposition or self._given(role) or self._role(full), person=not is_body(full))

    def _is_group(self, phrase: str) -> bool:
        """True for "Friends" or "Police" at the beginning of a sentence, and for "Some"."""
        word = phrase.lower()
        if word in wordlists.DETERMINERS or self._roster.is_common_word(phrase):
            return True
        known = word in wordlists.ROLE_NOUNS or word in _GROUP_WORDS
        return known and word.endswith(("s", "e")) and not self._roster.with_surname(word)

    @staticmethod
    def _given(role: str) -> str:
        return "" if fold(role) in wordlists.COURTESY else role

    def _several(self, phrase: str) -> Mention | None:
        parts = re.split(r",? and |, ", without_parentheses(phrase))
        if (
            len(parts) < 2
            or " of " in phrase
            or " for " in phrase
            or "&" in phrase
            or fold(parts[-1]).split()[-1] in wordlists.ORGANISATION
        ):
            return None
        titles = [split_title(part) for part in parts]
        if all(titles[-1]) and not titles[0][0] and not self._roster.knows(titles[0][1]):
            return None  # "Piers and Harbors spokesman Omar Penn"
        names = [self._full(split_title(p)[1] or (p if p[:1].isupper() and " " not in p else "")) for p in parts]
        if not all(" " in name for name in names):
            return None
        return Mention(" and ".join(names), split_title(parts[0])[0], plural=True)

    def _full(self, name: str, *, given: bool = True, title: str = "") -> str:
        courtesy = fold(title)
        pronoun = "he" if courtesy == "mr" else "she" if courtesy in ("mrs", "ms", "miss") else ""
        recent = [mention.name for mention in self._recent[-_LOOK_BACK:]]
        return self._roster.fullest(name, self._speakers, recent, given=given, pronoun=pronoun)

    def _learn(self, name: str, role: str) -> None:
        words = set(fold(role).split())
        if words & wordlists.WOMEN:
            self._gender[name] = "she"
        elif words & wordlists.MEN:
            self._gender[name] = "he"
        if role and fold(role) not in wordlists.COURTESY:
            self._roles.setdefault(name, role)

    def _role(self, name: str) -> str:
        return self._roles.get(name) or self._roster.role(name)

    def _by_pronoun(self, pronoun: str, rivals: set[str]) -> Mention:
        mention = self._latest_of(pronoun)
        others = {r for r in rivals - {mention.name} if gender_of(r) in (None, pronoun)}
        return Mention("") if others else mention

    def _latest_of(self, pronoun: str) -> Mention:
        oldest = self._paragraphs[-_LOOK_BACK_PARAGRAPHS] if len(self._paragraphs) >= _LOOK_BACK_PARAGRAPHS else 0
        for mention in reversed(self._recent[oldest:][-_LOOK_BACK:]):
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
        head = fold(SOMEONES.split(bare, maxsplit=1)[0]).split()[-1:] or words[-1:]
        if _THE_SITE.search(phrase) and (site := self._bodies.only_site()):
            return Mention(site, person=False)
        if words[-1] in wordlists.DOCUMENTS or head[0] in wordlists.DOCUMENTS:
            return Mention("", person=False)
        definite = phrase[:4].lower() == "the "
        wanted = expand(bare)
        plural = (
            words[-1].endswith("s") and not words[-1].endswith("ss") and " for " not in phrase and " of " not in phrase
        )
        if definite and not plural:
            if head[0] in BODIES:
                found = self._body(bare, head[0])
            else:
                found = None if head[0] in _NOBODIES else self._person_with(wanted)
            found = found or self._described(head[0])
            if found:
                return found
        is_role = any(w in wordlists.ROLE_NOUNS or w.rstrip("s") in wordlists.ROLE_NOUNS for w in words)
        return Mention("", phrase if is_role else "", plural, is_role and head[0] not in BODIES)

    def _body(self, phrase: str, noun: str) -> Mention | None:
        spoken = [m.name for m in self._recent[-_LOOK_BACK:] if m.name and not m.person]
        latest = [m.name for m in self._recent[-_LOOK_BACK_SHORT:] if m.name and not m.person]
        name = self._bodies.called(phrase, spoken) or self._bodies.meant(phrase, noun, latest, self._until)
        return Mention(name, person=False) if name else None

    def _person_with(self, wanted: set[str]) -> Mention | None:
        """Find the one person whose role has all the wanted words; nobody where several could be meant."""
        recent = [m for m in reversed(self._recent[-_LOOK_BACK:]) if m.person and not m.plural]
        recent = [m for m in recent if wanted <= expand(m.role)]
        names = {m.name for m in recent}
        holders = self._roster.holding(wanted) | {n: r for n, r in self._roles.items() if wanted <= expand(r)}
        exact = [n for n, r in holders.items() if expand(r) == wanted]
        full = {self._full(n) for n in holders}
        if len(full) == 1 and names <= full and (names or wanted & wordlists.TITLES):
            name = full.pop()
            return Mention(name, self._role(name) or holders.get(name, ""))
        if len(exact) == 1:
            return Mention(self._full(exact[0]), holders[exact[0]])
        return recent[0] if recent and len(names) == 1 else None

    def _described(self, noun: str) -> Mention | None:
        """Find whom "the diplomat" or "the lawmaker" means: the one person spoken of lately whose office fits."""
        offices = wordlists.OFFICES_OF.get(noun)
        if offices is None:
            return None
        recent = [m for m in self._recent[-_LOOK_BACK:] if m.person and not m.plural and m.name]
        fitting = {m.name for m in recent if not offices.isdisjoint(expand(m.role))}
        latest = next((m for m in reversed(recent) if m.name in fitting), None)
        return latest if len(fitting) == 1 else None
