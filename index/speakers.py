"""Who a subject means inside its article: full names, roles, and pronouns by what was said before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from index import wordlists
from index.bodies import BODIES, SITE, Bodies
from index.documents import Document, introduced, is_meant
from index.names import NAME, fold, gender_of, is_body, split_title, undetermined, without_parentheses
from index.phrases import SOMEONES, is_someones
from index.reference import BODY, Reference, Spoken
from index.referents import Referents
from index.roster import Roster, of_one

_FROM_WHOM = re.compile(
    rf"\b(?:statements?|notifications?|notices?|alerts?|letter|release|report|study|post|tweet|email|memo|survey|guidance|data|"
    rf"research|analysis|figures|investigation|review|audit|updates?|statistics|estimates?|numbers)"
    rf"(?: (?:released|issued|published|posted|compiled|provided|conducted)(?: (?:on )?(?:{wordlists.DATES}))?)? "
    rf"(?:from|by|of) (?:the |(?:his|her|their) \w+ and )?"
    rf"({NAME}(?: (?:of|for) (?:the )?{NAME}(?: (?:&|and) {NAME})*)?)(?![\w’'&.-]|\s[A-Z]|\s(?!and\b)[a-z])"
)
_OWNED = re.compile(r"\b[A-Z][\w.]*[’']s ")
_SOMEPLACE = re.compile(r"(?:New|North|South|East|West) [A-Z]\w+$")
_THE_SITE = re.compile(r"\b[Tt]he (?:web)?site$")
_GROUPS = frozenset("Republicans Democrats Senators Members Representatives Americans Congressmen Attorneys".split())
_SOMEWHERE = re.compile(r"(.+?) (?:in|at|with|from|on) (?:the )?(?:[a-z-]+ )?[A-Z]")
_GROUP_WORDS = frozenset(
    "others critics people fans locals families friends women men parents neighbors buyers customers "
    "supporters proponents opponents advocates organizers protesters volunteers skeptics meteorologists "
    "republicans democrats conservatives".split()
)
_OFFICES = ("office", "department")
_LOOK_BACK, _LOOK_BACK_SHORT = 12, 4
_SOMEBODY = wordlists.TITLES | _GROUP_WORDS | {"allies"}
# "The company", "his lawyer", "Foreign minister", not "a lawyer": may mean somebody who is named.
_DEFINITE = frozenset("the his her its their".split())
_INDEFINITE = wordlists.DETERMINERS - _DEFINITE


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, a body or a role as it was last spoken of."""

    name: str
    role: str = ""
    plural: bool = False
    person: bool = True


class Cast:
    """The people of one article; it is asked in text order and remembers who was spoken of."""

    def __init__(self, text: str, title: str = "") -> None:
        self._text = text
        self._title = title
        self._roster = Roster(text)
        self._bodies = Bodies(text)
        self._roles: dict[str, str] = {}
        self._offices: dict[str, str] = {}
        self._recent: list[Mention] = []
        self._spoken: list[Spoken] = []
        self._document: tuple[Document, Mention] | None = None  # the latest whose sender is known
        self._written = ""
        self.asked: list[tuple[Reference, tuple[Spoken, ...]]] = []

    @cached_property
    def referents(self) -> Referents:
        """Whom pronouns and descriptions can mean. Most articles have some; making it reads the whole text."""
        return Referents(self._text, self._title, self._roster, self._bodies)

    def note(self, phrase: str) -> None:
        """Remember that a sentence has this subject."""
        role, name = split_title(phrase)
        if not name or is_body(name) or _SOMEPLACE.match(name):
            return
        full = self._full(name, given=False)
        if " " in full or (role and name):
            self._learn(full, role)
            self._recent.append(Mention(full, self._role(full)))

    def note_group(self, phrase: str) -> None:
        """Remember that a sentence has somebody with colleagues as its subject: "Penn and his co-authors"."""
        mention = self._resolve(phrase, "", None)
        if mention.name:
            self._recent.append(Mention(mention.name, mention.role, plural=True))

    def resolve(self, phrase: str, apposition: str, at: int, said: Sequence[tuple[int, int]]) -> Mention:
        """Say who a subject means, and remember it as the latest speaker.

        Args:
            phrase: The subject as written.
            apposition: What stands beside it, or "".
            at: Where in the text the attribution stands.
            said: Where the words said stand.
        """
        phrase = re.sub(r"^[Bb]oth ", "", phrase.strip())
        mention = self.named(phrase, apposition, at, said)
        self._recent.append(mention)
        self._written = phrase
        if mention.name:
            self._spoken.append(Spoken(at, mention.name, phrase.lower()))
        return mention

    def named(self, phrase: str, apposition: str, at: int, said: Sequence[tuple[int, int]]) -> Mention:
        """Say who a subject means, like ``resolve``, and remember nothing: nobody speaks of whom a quotation names."""
        return self._resolve(phrase, apposition.strip(), Reference(phrase, at, tuple(said)))

    def note_document(self, sentence: str, at: int) -> None:
        """Remember whose statement, post or letter a masked sentence tells of."""
        found = introduced(sentence, at)
        if found is None:
            return
        sender = self._recent[-1] if found.whose == self._written else self._resolve(found.whose, "", None)
        if not sender.name and not sender.role and " " in found.whose and found.whose[0].islower():
            sender = Mention("", found.whose, sender.plural)  # "her agent"
        if sender.name or sender.role:
            self._document = (found, sender)

    def introduce(self, phrase: str, at: int) -> None:
        """Remember whom a sentence that ends in a colon, at ``at`` in the text, gives the word to."""
        self._recent.append(self._resolve(phrase, "", Reference(phrase, at, ())))

    def latest(self) -> Mention | None:
        """Return the latest person, body or role spoken of."""
        return self._recent[-1] if self._recent else None

    def _resolve(self, phrase: str, apposition: str, reference: Reference | None) -> Mention:
        lower = phrase.lower()
        if lower in ("he", "she", "it"):
            return self._meant(reference) or Mention("", person=lower != "it")
        if lower == "they":
            several = [m for m in reversed(self._recent[-_LOOK_BACK_SHORT:]) if m.plural]
            return next((m for m in several if m.name), several[0] if several else Mention("", plural=True))
        sender = _FROM_WHOM.search(phrase)
        if sender:
            return Mention(self._full(sender[1]), person=False)
        return self._several(phrase) or self._by_name(phrase, apposition, reference)

    def _by_name(self, phrase: str, apposition: str, reference: Reference | None) -> Mention:
        somewhere = _SOMEWHERE.match(phrase)
        person = split_title(somewhere[1]) if somewhere else ("", "")
        if (
            somewhere
            and (person[0] or " " in person[1] or gender_of(f"{person[1]} {person[1]}"))
            and person[1]
            and not is_body(person[1])
        ):
            phrase = somewhere[1]  # "Judge Omar Penn in Saltby"
        elif somewhere and not person[1] and fold(somewhere[1]).split()[-1] in _SOMEBODY:
            return self._by_role(phrase, reference)  # "a judge in Saltby", "her allies on Gull Hill"
        role, name = split_title(phrase)
        if not name and " " not in phrase and phrase[:1].isupper() and self._roster.with_surname(phrase):
            role, name = "", phrase  # "Judge said": nobody but one of this name is called so
        if fold(name) in BODIES and phrase[:4].lower() == "the ":
            return self._by_role(phrase, reference)
        if SITE.fullmatch(name or phrase):
            return Mention(name or phrase, person=False)
        if not name or is_someones(phrase) or phrase.split()[-1] in _GROUPS or self._is_group(phrase):
            return self._by_role(phrase, reference)
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
        return "" if fold(role) in wordlists.COURTESY else of_one(role)

    def _several(self, phrase: str) -> Mention | None:
        parts = re.split(r",? and |, ", without_parentheses(phrase))
        if (
            len(parts) < 2
            or " of " in phrase
            or " for " in phrase
            or "&" in phrase
            or not wordlists.ORGANISATION.isdisjoint(fold(parts[-1]).split()[-1:])
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
        speakers = list(dict.fromkeys(one.name for one in reversed(self._spoken)))[::-1]
        return self._roster.fullest(name, speakers, recent, given=given, pronoun=pronoun)

    def _learn(self, name: str, role: str) -> None:
        if role and fold(role) not in wordlists.COURTESY:
            self._roles.setdefault(name, of_one(role))

    def _role(self, name: str) -> str:
        return self._roles.get(name) or self._roster.role(name)

    def _meant(self, reference: Reference | None) -> Mention | None:
        """Return who is meant, if anybody whom the article names."""
        if reference is None:
            return None
        self.asked.append((reference, tuple(self._spoken)))
        entity = self.referents.meant(reference, self._spoken)
        if entity is None:
            return None
        return Mention(entity.name, self._role(entity.name), person=not entity.body and reference.kind != BODY)

    def _sender(self, phrase: str, reference: Reference | None) -> Mention | None:
        """Return "the statement" as what describes it: whose it is, if one was spoken of shortly before."""
        if reference is None or self._document is None or not is_meant(phrase, self._document[0], reference.at):
            return None
        document, sender = self._document
        self._document = (replace(document, at=reference.at), sender)
        return Mention("", sender.name or sender.role, person=False)

    def _office(self, bare: str) -> str:
        """Return the one office or department of the text whose name ends in these words, "sheriff's office"."""
        if bare in self._offices:
            return self._offices[bare]  # looked for once: the whole text is read for it
        ending = " ".join(re.escape(word.capitalize()) for word in bare.split()).replace("’", "'").replace("'", "[’']")
        found = set(re.findall(rf"\b((?!The )(?:[A-Z][a-z]+ ){{1,3}}{ending})\b", self._text))
        self._offices[bare] = found.pop() if len(found) == 1 else ""
        return self._offices[bare]

    def _by_role(self, phrase: str, reference: Reference | None) -> Mention:
        bare = undetermined(phrase)
        words = fold(bare).split()
        if not words:
            return Mention("")
        head = fold(SOMEONES.split(bare, maxsplit=1)[0]).split()[-1:] or words[-1:]
        if _THE_SITE.search(phrase) and (site := self._bodies.only_site()):
            return Mention(site, person=False)
        if words[-1] in _OFFICES and len(words) > 1 and (office := self._office(bare)):
            return Mention(office, person=False)
        if words[-1] in wordlists.DOCUMENTS or head[0] in wordlists.DOCUMENTS:
            return self._sender(phrase, reference) or Mention("", person=False)
        plural = (
            words[-1].endswith("s") and not words[-1].endswith("ss") and " for " not in phrase and " of " not in phrase
        )
        # "Saltland's pier agency" is none of the agencies that are named: their names would stand there.
        owned = _OWNED.search(phrase) and reference is not None and reference.kind == BODY
        if is_definite(phrase) and not plural and not owned:
            before = (m for m in reversed(self._recent[-_LOOK_BACK:]) if not m.name and m.role)
            same = (m for m in before if set(words) <= set(fold(m.role).split()))
            meant = self._meant(reference) or next(same, None)
            if meant:
                return meant
        is_role = any(w in wordlists.ROLE_NOUNS or w.rstrip("s") in wordlists.ROLE_NOUNS for w in words)
        return Mention("", phrase if is_role else "", plural, is_role and head[0] not in BODIES)


def is_definite(phrase: str) -> bool:
    """True for "the company", "his lawyer" and "Foreign minister", which can mean somebody who is named."""
    first = phrase.split()[0].lower()
    return first in _DEFINITE or (phrase[0].isupper() and first not in _INDEFINITE)
