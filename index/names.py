"""Names as they are written: where they end, what in them is a title, and when two of them are alike."""

import re
import unicodedata
from functools import lru_cache

from index import wordlists

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶŁĻŃŅŇŌŐŘŚŞŠȘŢŤȚŪŮŰŹŻŽ"
_ABBREVIATED = (
    "Jr|Sr|St|Dr|Mr|Mrs|Ms|Sens?|Sec|Reps?|Govs?|Lt|Gen|Col|Sgt|Capt|Prof|Rev|Hon|Adm|Maj|Cmdr|Inc|Co|Corp|Ltd"
)
_NAME_WORD = (
    # Its first characters, looked at before anything else: names are then found in under half the time.
    rf"(?=[{_UPPER}aeud])"
    rf"(?!(?:{wordlists.DATES}|No)\b)(?:(?:{_ABBREVIATED})\.|(?:[{_UPPER}]\.)+|"
    rf"(?:(?:al|el|ul|an|as|ad)-|[dO]['’])?[{_UPPER}][\w’'‘&-]*)"
)
PARTICLES = frozenset("de del la las van von der den bin ibn al el da di dos du le".split())
_PARTICLE = "(?:" + "|".join(sorted(PARTICLES)) + ")"
_LOWER_NAME = re.compile(r"(?:(?:al|el|ul|an|as|ad)-|d['’])[A-Z]")
NAME = rf"{_NAME_WORD}(?: (?:'[{_UPPER}]\w+' )?(?:{_PARTICLE} ){{0,2}}{_NAME_WORD}){{0,8}}"
_PARENTHESES = re.compile(r",?\s*\([^()]*\)")
_LONGEST_BODY = 7
_BODY_IN = re.compile(r"(.+?) (?:in|at) (?:the )?[A-Z]")
_PARTIES = frozenset("republican republicans democrat democrats democratic".split())
_PERSONS_TITLES = wordlists.COURTESY | frozenset(
    "senator senators representative representatives congressman congresswoman congressmembers governor mayor "
    "president speaker chairman chairwoman coach judge spokesman spokeswoman".split()
)
# "Department of Piers" is a body, "Department of Piers Secretary Quill" is not.
_DAYS = frozenset(wordlists.DATES.split("|"))
_BODIES_TOO = frozenset("committee court council commission board union agency".split())
_BODY_OF = frozenset("department office ministry bureau".split())
_TITLES_OF_BODIES = wordlists.TITLES - {"general"} | frozenset("study report letter data".split())
_HEADING = frozenset("head chief director president founder co-founder chairman chair".split())
# "Californian Kerry Hall": where somebody lives is no part of the name.
_MINISTERS = frozenset("minister secretary commissioner".split())
_OFFICERS = frozenset("sheriff commissioner superintendent clerk lieutenant sergeant captain officer detective".split())
_PLURALS = frozenset(
    "owners directors founders authors hosts editors attorneys lawyers captains coaches managers".split()
)
_INHABITANT = re.compile(
    r"(?:Alaskan|Arizonan|Californian|Coloradan|Floridian|Georgian|Iowan|Kansan|Marylander|Michigander|Minnesotan|Nevadan|"
    r"Ohioan|Oregonian|Pennsylvanian|Tennessean|Texan|Virginian|Washingtonian|Londoner|Parisian|Bostonian|Chicagoan)$"
)
_INITIAL = re.compile(r"[A-Z]\.")
_APOSTROPHE = re.compile(r"[’']")
_POSSESSIVE = re.compile(r"[’']s?$")
_DETERMINED = re.compile(r"^(?:the|a|an|his|her|their|its|one|another|this|that|these|those)\s+", re.IGNORECASE)
_SHORT_TITLES = {
    "sen": "senator",
    "sens": "senator",
    "senators": "senator",
    "gov": "governor",
    "rep": "representative",
    "reps": "representative",
    "congressman": "representative",
    "congresswoman": "representative",
    "dr": "doctor",
    "prof": "professor",
    "gen": "general",
    "col": "colonel",
    "capt": "captain",
    "adm": "admiral",
    "maj": "major",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "spokeswoman": "spokesperson",
    "spokesman": "spokesperson",
    "chairman": "chair",
    "chairwoman": "chair",
    "leader": "head",
    "cofounder": "founder",
    "us": "u.s",
}
# Whose president one is: "the Finnish president" is Finland's.
_COUNTRIES = {
    of: country
    for country, those in (
        ("afghanistan", "afghan"), ("argentina", "argentine argentinian"), ("australia", "australian"),
        ("austria", "austrian"), ("belarus", "belarusian"), ("belgium", "belgian"), ("bolivia", "bolivian"),
        ("brazil", "brazilian"), ("bulgaria", "bulgarian"), ("canada", "canadian"), ("chile", "chilean"),
        ("china", "chinese"), ("colombia", "colombian"), ("croatia", "croatian"), ("cuba", "cuban"),
        ("denmark", "danish"), ("ecuador", "ecuadorian"), ("egypt", "egyptian"), ("estonia", "estonian"),
        ("ethiopia", "ethiopian"), ("europe", "european"), ("finland", "finnish"), ("france", "french"),
        ("germany", "german"), ("greece", "greek"), ("guatemala", "guatemalan"), ("haiti", "haitian"),
        ("hungary", "hungarian"), ("india", "indian"), ("indonesia", "indonesian"), ("iran", "iranian"),
        ("iraq", "iraqi"), ("ireland", "irish"), ("israel", "israeli"), ("italy", "italian"), ("japan", "japanese"),
        ("jordan", "jordanian"), ("kenya", "kenyan"), ("korea", "korean"), ("latvia", "latvian"),
        ("lebanon", "lebanese"), ("libya", "libyan"), ("lithuania", "lithuanian"), ("mexico", "mexican"),
        ("morocco", "moroccan"), ("netherlands", "dutch"), ("nigeria", "nigerian"), ("norway", "norwegian"),
        ("pakistan", "pakistani"), ("palestine", "palestinian"), ("peru", "peruvian"), ("philippines", "philippine"),
        ("poland", "polish"), ("portugal", "portuguese"), ("qatar", "qatari"), ("romania", "romanian"),
        ("russia", "russian"), ("scotland", "scottish"), ("serbia", "serbian"), ("slovakia", "slovak slovakian"),
        ("somalia", "somali"), ("spain", "spanish"), ("sudan", "sudanese"), ("sweden", "swedish"),
        ("switzerland", "swiss"), ("syria", "syrian"), ("taiwan", "taiwanese"), ("thailand", "thai"),
        ("tunisia", "tunisian"), ("turkey", "turkish"), ("ukraine", "ukrainian"), ("venezuela", "venezuelan"),
        ("vietnam", "vietnamese"), ("wales", "welsh"), ("yemen", "yemeni"),
    )
    for of in those.split()
}  # fmt: skip
_SURNAMES_TOO = frozenset("bishop king dean prince pope cardinal judge coach justice star host member father".split())
_DEPARTMENT = (
    r"(?:Health and Human Services|Homeland Security|Foreign Affairs|Veterans Affairs|Housing and Urban Development|"
    r"Staff|Police|State|Defen[cs]e|Treasury|Energy|Commerce|Labor|Education|Agriculture|(?:the )?Interior|"
    r"Transportation|War|"
    r"(?:the )?(?:Navy|Army|Air Force|Treasury|House))"
)
_OF_DEPARTMENT = re.compile(rf"((?:.* )?[A-Z]\w+ of {_DEPARTMENT}) (?=[A-Z])")
# "Chair of the House Tide Task Force Rep. Omar Penn"
_ABBREVIATED_TITLE = re.compile(r"\b(?:Rep|Sen|Gov)\. [A-Z]")
# "Saltish Ambassador to the United States Ann B. Tarrow"
_ENVOY = re.compile(
    r"((?:.* )?(?:Ambassador|Commissioner|Attorney) (?:to|for) (?:the )?.*[A-Z]\S*) ([A-Z]\w+ (?:[A-Z]\. )?[A-Z]\S+)$"
)
_GENERATION = frozenset("jr sr ii iii iv".split())
_EMPTY = frozenset("the a an of for at in from to and who is top co".split())


_IGNORED = str.maketrans("", "", ".’'‘`")


# Names of one article are folded over and over.
@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """Lower-case text without accents, apostrophes and full stops, for comparing names."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.translate(_IGNORED).casefold()


def without_parentheses(phrase: str) -> str:
    """Take out "(D-N.J.)"."""
    return _PARENTHESES.sub("", phrase)


def undetermined(phrase: str) -> str:
    """Take off a leading article or possessive."""
    return _DETERMINED.sub("", phrase, count=1)


def split_title(phrase: str) -> tuple[str, str]:
    """Part a noun phrase into role and name.

    "Attorney General Merrick Garland" gives ("Attorney General", "Merrick Garland"). The name is "" where the phrase
    names nobody ("the attorney general").
    """
    determined = phrase[:4].lower() == "the "
    phrase = _POSSESSIVE.sub("", undetermined(without_parentheses(phrase).strip().rstrip(",")))
    tokens = phrase.split()
    if _is_office_or_document(tokens) or (determined and _is_newspaper(tokens)):
        return "", phrase
    envoy = _ENVOY.match(phrase)
    if envoy:
        return envoy[1], envoy[2]
    department = _OF_DEPARTMENT.match(phrase)
    if department and not _ABBREVIATED_TITLE.search(phrase, department.end()):
        return department[1], phrase[department.end() :]
    place = _BODY_IN.match(phrase)
    if place and fold(place[1].split()[-1]) in wordlists.ORGANISATION and place[1][0].isupper():
        return "", phrase  # "U.S. Embassy in Kabul"
    if len(tokens) > 3 and tokens[1] == "of" and fold(tokens[0]) in _HEADING and _is_given(tokens[-2]):
        return " ".join(tokens[:-2]), " ".join(tokens[-2:])  # "Head of Saltgram Adam Penn"
    if len(tokens) > 4 and tokens[1] == "of" and fold(tokens[0]) in _MINISTERS and not is_body(tokens[-1]):
        return " ".join(tokens[:-2]), " ".join(tokens[-2:])  # "Minister of Finance Dora Hall"
    begin = max((i + 1 for i, token in enumerate(tokens) if _belongs_to_role(tokens, i, token)), default=0)
    if begin == len(tokens) > 1 and _bears_a_title(tokens):
        begin -= 1
    elif begin == len(tokens) > 1 and fold(tokens[-1]) in _SURNAMES_TOO and fold(tokens[-2]) != "chief":
        begin = _named_like_a_title(tokens)
    name = " ".join(tokens[begin:])
    if _APOSTROPHE.split(name)[0] in wordlists.FIRST_PERSON:
        return phrase, ""  # "Even though I'm"
    if (
        not name
        or name in _DAYS
        or not (name[0].isupper() or _LOWER_NAME.match(name) or (tokens[begin] in PARTICLES and name != tokens[begin]))
    ):
        return phrase, ""
    role = tokens[:begin]
    if len(role) > 1 and fold(role[-1]) in wordlists.COURTESY:
        role.pop()
    return " ".join(role), _POSSESSIVE.sub("", name)


def _is_office_or_document(tokens: list[str]) -> bool:
    """True for "Government Accountability Office" and "Republican Budget": what looks like a title is part of it."""
    tokens = tokens[1:] if tokens[:1] == ["U.S."] else tokens
    if len(tokens) > 2 and tokens[1] == "of" and fold(tokens[0]) in _BODY_OF:
        return all(_is_capital_or_small(t) for t in tokens) and not _TITLES_OF_BODIES & {fold(t) for t in tokens[2:]}
    if len(tokens) > 3 and "of" in tokens[3:] and fold(tokens[0]) in _OFFICERS:
        return False  # "Sheriff Dale Hall of Quill County"
    return (
        1 < len(tokens) < _LONGEST_BODY
        and fold(tokens[-1]) in wordlists.ORGANISATION - _PARTIES
        and not (tokens[1] == "of" and tokens[0].endswith("s"))  # "Members of Congress"
        and all(_is_capital_or_small(token) for token in tokens)
        and not any(token.endswith(".") or fold(token) in _PERSONS_TITLES or _is_given(token) for token in tokens[:-1])
    )


def _is_newspaper(tokens: list[str]) -> bool:
    """True for "the Saltby Star" and "the Daily Leader", not for "the Majority Leader"."""
    if len(tokens) < 2 or not all(token[0].isupper() for token in tokens):
        return False
    return tokens[-1] == "Star" or (tokens[-1] == "Leader" and tokens[-2] in ("Daily", "Argus", "News"))


def _is_capital_or_small(token: str) -> bool:
    return token[0].isupper() or token in ("of", "and", "for", "the", "&")


def _bears_a_title(tokens: list[str]) -> bool:
    """True for "Senator King", not for "Chief Justice"."""
    before = fold(tokens[-2])
    return fold(tokens[-1]) in _SURNAMES_TOO and before in wordlists.TITLES and before not in ("chief", "associate")


def _named_like_a_title(tokens: list[str]) -> int:
    """Return where the name begins in "Rep. Ann B. King" and "Martin Luther King"; "U.S. Judge" is all role."""
    earlier = tokens[:-1]
    begin = max((i + 1 for i, token in enumerate(earlier) if _belongs_to_role(earlier, i, token)), default=0)
    person = earlier[begin:]
    named = person and (begin or _is_given(person[0]) or any(_INITIAL.fullmatch(token) for token in person))
    return begin if named else len(tokens)


def _is_given(name: str) -> bool:
    return fold(name) in wordlists.MENS_NAMES or fold(name) in wordlists.WOMENS_NAMES


def _belongs_to_role(tokens: list[str], index: int, token: str) -> bool:
    """True for a title, a word in lower case, a possessive, or a word in capitals before a name ("MUST WATCH")."""
    bare = fold(token).strip(",")
    plural = bare == "general" or bare.endswith("s")
    if plural and index > 1 and tokens[index - 1] == "of" and fold(tokens[index - 2]) in wordlists.ORGANISATION:
        return False  # "Association of General Contractors"
    if bare == "dean" and index and index + 2 == len(tokens) and fold(tokens[index - 1]) in wordlists.TITLES:
        return False  # "Senator Dean Heller"
    if not index and len(tokens) > 2 and _INHABITANT.match(token):
        return True
    if not index and bare in _BODIES_TOO and len(tokens) > 2 and fold(tokens[1]) not in wordlists.TITLES:
        return False  # "Committee Against Tides"
    if bare in _PLURALS or _is_compound_title(bare) or bare.endswith("-year-old"):
        return True
    if bare in wordlists.TITLES or (not index and len(tokens) > 2 and bare in wordlists.ROLE_NOUNS):
        return True
    if token[0].islower():
        return token not in PARTICLES and token not in ("of", "for", "the", "and") and not _LOWER_NAME.match(token)
    if token.isupper() and len(token) > 3 and token.isalpha():
        return len(tokens) - index > 2 and not tokens[-1].isupper() and fold(tokens[-1]) not in wordlists.ORGANISATION
    possessive = _POSSESSIVE.search(token) and token[-1] not in "’'"
    return bool(possessive) and fold(tokens[-1]) not in wordlists.ORGANISATION


def _is_compound_title(word: str) -> bool:
    """True for "director-general" and "co-owners"."""
    first, *rest = word.split("-")
    titles = wordlists.TITLES | _PLURALS
    if not rest or rest[0] in ("elect", "designate"):
        return bool(rest) and first in titles
    return all(part in titles for part in rest) and (first in titles or first in ("co", "vice"))


def is_body(name: str) -> bool:
    """True where a name has a word that institutions have and people do not."""
    if " of " in name or "&" in name or name.isupper() or name.startswith(("A ", "An ")):
        return True
    tokens = fold(name).split()
    given = bool(tokens) and _is_given(tokens[0])
    return any(token in wordlists.ORGANISATION for token in (tokens[2:] if given else tokens))


def surname(name: str) -> str:
    """Return the folded last name, without "Jr."."""
    tokens = [t for t in fold(name).replace(",", " ").split() if t not in _GENERATION]
    return tokens[-1] if tokens else ""


def same_given(one: str, other: str) -> bool:
    """True for two folded first names that are equal, or one the initial of the other."""
    return one == other or ((len(one) == 1 or len(other) == 1) and one[0] == other[0])


def gender_of(name: str) -> str | None:
    """Return the pronoun that a common first name goes with, or None."""
    given = fold(name).split()[:1]
    if given and " " in name:
        return "she" if given[0] in wordlists.WOMENS_NAMES else "he" if given[0] in wordlists.MENS_NAMES else None
    return None


def expand(role: str) -> set[str]:
    """Return the words of a role in a common form: "U.S. Sen." and "US senator" are the same."""
    words = [w.strip(",") for w in re.split(r"[\s/-]+", fold(role)) if w]
    return {_SHORT_TITLES.get(w) or _COUNTRIES.get(w, w) for w in words} - _EMPTY
