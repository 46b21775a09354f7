"""Bylines, datelines, date lines and outlet names, as newspapers write them."""

import re
from dataclasses import dataclass
from datetime import date

from index.sources.dates import find_date, parse_date

_AGENCIES = (
    r"(?:The )?Associated Press|AP|CNN(?: Business| Politics| Sports?| Travel)?|Reuters|REUTERS|AFP|"
    r"Agence France-Presse|UPI|NPR|BBC(?: News)?|Bloomberg(?: News)?|Xinhua|dpa|TNS|"
    r"(?:The )?(?:New York|Los Angeles|Washington|Boston|Chicago|USA) (?:Times|Post|Globe|Tribune|TODAY|Today)|"
    r"USATODAY|USA TODAY (?:Network|NETWORK|Sports|SPORTS|staff)|NBC News|CBS News|ABC News|Fox News|"
    r"Tribune News Service|Kaiser Health News|KHN|ProPublica|Politico|POLITICO|24/7 Wall (?:St\.?|Street)"
)
AGENCY = re.compile(rf"(?:{_AGENCIES})", re.IGNORECASE)
_AGENCY_END = re.compile(
    rf"(?<=[\w.])\s+(?:for )?(?P<agency>{_AGENCIES.upper()}|{_AGENCIES})(?P<role>(?: [A-Z][a-z]+)*)$"
)
_OUTLET = re.compile(
    r"(?:The )?(?:[\w.&'’-]+ ){0,4}(?:Globe|Times|Post|Herald|Tribune|Journal|Chronicle|Gazette|Guardian|Independent|"
    r"Telegraph|Observer|Examiner|Inquirer|Sentinel|Courier|Dispatch|News|Press|Republic|Register|Star|Sun|Bee|"
    r"Mail|Mirror|Messenger|Bulletin|Banner|Eagle|Weekly|News Service|"
    r"Standard|Record|Review|Reporter|Advocate|Monitor|Ledger|Constitution|Week|Economist|Atlantic|"
    r"New Yorker|Magazine|Today|Union|Daily|Enquirer|Argus|Echo|Plain Dealer|Politics|Business)"
    r"(?:[ -](?:Herald|Journal|Gazette|Tribune|Times|News|Post|Union|Dispatch|Democrat|Bee|UK|US|Sun|Leader))?"
)
_BY = re.compile(r"^[-–—•*|\s]*(?:(?:written|reported|story|text) )?by:?\s+(?=\S)", re.IGNORECASE)
# A byline that names nobody: "By the Editors", "By Staff".
_STAFF = re.compile(
    r"(?:(?:the|our|from) )?(?:[\w.&'’-]+ ){0,3}(?:editors|editorial board|newsroom|wire (?:services|reports)|"
    r"staff(?: (?:reports?|writers?|reporters?))?)",
    re.IGNORECASE,
)
_PARTICLE = r"(?:de|del|de la|da|di|du|van|von|der|den|ter|la|le|bin|ibn|al|el|y|dos|St\.)"
_NAME_WORD = r"(?:[^\W\d_a-zà-öø-ÿ][^\W\d_]*(?:['’‘-][^\W\d_]+)*\.?|[A-Z]\.(?:-?[A-Z]\.)*)"
_NAME = re.compile(
    rf"{_NAME_WORD}(?: {_PARTICLE})?(?: (?:{_PARTICLE} )?{_NAME_WORD}){{1,3}}(?:,? (?:[JS]r\.?|I{{2,3}}))?"
)
_NAME_BREAK = re.compile(r"\s*(?:,\s*and\s+|\s+and\s+|\s+&\s+|;|,(?!\s*(?:[JS]r\b|I{2,3}\b)))\s*", re.IGNORECASE)
_PARTS = re.compile(r"\s+[/|•·]\s+|\s*\|\s*|\s+/\s*|\s+[—–]\s+")
_CAPS_TAIL = re.compile(r"^(?P<name>.*?[^\W\d_]*[a-zà-ÿ][\w.'’-]*)\s+(?P<tail>[A-Z][A-Z.&]+(?: [A-Z][A-Z.&]+)*)$")
_ROLE = re.compile(
    r"(?:staff|senior|special|chief|political|national|correspondent|reporter|writer|editor|columnist|contributor|"
    r"contributing|bureau|producer|globe staff|critic|photographer)\b",
    re.IGNORECASE,
)
# Capitalised words that never stand in a name: "By Monday Night", "Latest News".
_NOT_NAMES = frozenset(
    """
    the a an this that these those in on at by for from of to with and or
    monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december
    today news latest live update updates breaking report watch video what why how when who is are was
    gun house senate state states president world war cup university national new united american
    best top more read related media health bill act senator ambassador congressman congresswoman
    representative rep sen governor mayor secretary press release releases editorial street office
    staff photos advisory your our his her its it we you they
    """.split()
)

_PLACE_ALONE = r"[A-Z][\w.'’/-]+(?:,? (?:(?:de|del|el|la|of|do|da|and) )?[A-Z][\w.'’/-]*)*"
_ALONE = re.compile(rf"(?:(?P<place>{_PLACE_ALONE}) )?(?P<agency>{_AGENCIES})\s*(?:[—–]|--?)")
_WIRE_REPORTS = re.compile(
    r"(?:(?:from|by) )?(?P<agency>(?:[\w.&'’]+ ){0,5}?(?:staff|wire|news service|network)s?"
    r"(?: and (?:wire|staff|news services?))?(?: reports?| services?))",
    re.IGNORECASE,
)
_BESIDE_NAME = re.compile(
    r"(?:(?:opinion|guest|special|sports|staff|senior|contributing|national|political|entertainment) )*"
    r"(?:contributor|columnist|writer|reporter|correspondent|editor|critic)s?|(?:special (?:to|for)|for) .{2,40}|"
    r"@\w+.{0,60}|\S+@\S+\.\S+.{0,40}|(?:.{2,30} \| ?)?\w+\.com|CNBC|Reviewed|USA TODAY NETWORK.{0,40}|.{2,40} Bureau",
    re.IGNORECASE,
)
_STATE = (
    r"D\.?C\.?|[A-Z]{2}|Ala\.|Ariz\.|Ark\.|Calif\.|Colo\.|Conn\.|Del\.|Fla\.|Ga\.|Ill\.|Ind\.|Kan\.|Ky\.|La\.|Md\.|Mass\.|"
    r"Mich\.|Minn\.|Miss\.|Mo\.|Mont\.|Neb\.|Nev\.|N\.[HJMYCD]\.|Okla\.|Ore\.|Pa\.|R\.I\.|S\.[CD]\.|Tenn\.|Tex\.|Vt\.|Va\.|"
    r"Wash\.|W\.Va\.|Wis\.|Wyo\.|[A-Z][a-z]+(?: [A-Z][a-z]+)?"
)
_CAPS_PLACE = rf"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){{0,4}}(?:, (?:{_STATE}))?"
_MIXED_PLACE = rf"(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}}, (?:{_STATE})|Washington|New York|London)"
_DASH = r"(?:\s*[—–]\s*|\s*--\s*|\s+-\s+)"
_IN_BRACKETS = rf"\s*\((?P<agency>{_AGENCIES})\)"
_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<place>{_CAPS_PLACE}|{_MIXED_PLACE}){_IN_BRACKETS}(?:{_DASH}|\s*(?=\S))",
        rf"(?P<place>){_IN_BRACKETS}(?:{_DASH}|\s*(?=\S))",
        rf"(?P<place>{_MIXED_PLACE}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?) (?P<agency>CNN(?: Business)?){_DASH}",
        r"(?P<place>)(?P<agency>CNN(?: Business)?|AP|Reuters)\s*[—–]\s*",
        rf"(?P<place>{_CAPS_PLACE}|{_MIXED_PLACE})(?P<agency>){_DASH}(?=[\"“‘'(]?[A-Z0-9$])",
    )
)
_NOT_PLACES = frozenset(
    """
    COVID BREAKING UPDATE UPDATED WATCH VIDEO ICYMI FACT FACTS READ OPINION EXCLUSIVE NOTE NEWS MORE ALERT AUDIO PHOTO
    PHOTOS MEDIA ADVISORY TODAY LIVE RELATED WHAT WHO WHEN WHERE WHY HOW TODAY'S MYTH CLAIM RELEASE AP CNN FEMA NASA
    NATO USDA
    """.split()
)

_DATE_LABEL = re.compile(
    r"[-–—•*|\s]*(?:(?:first |originally |last )?"
    r"(?:published|publication date|updated|posted|modified|date|released|created)(?: date| on)?[:\s]*(?:on |at )?)?",
    re.IGNORECASE,
)
_DATE_REST = re.compile(
    r"(?:[\s,.|·•:@/()—–-]|\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}\s*(?=[ap]\.?m)|[ap]\.?m\b\.?|\b(?:at|on|gmt|utc|[ecmp][sd]?t|bst|z|"
    r"mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|[+-]\d{4}|"
    r"\b(?:published|updated|posted|first|last)\b)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote it: authors' names and the agency or outlet named beside them."""

    authors: tuple[str, ...] = ()
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was sent from, and by which agency; ``end`` is where the sentence after it begins."""

    place: str
    agency: str
    end: int


def parse_byline(line: str) -> Byline | None:
    """Read a line such as "- By A and B NEW YORK TIMES", "JOHN RABY / AP" or "Associated Press".

    Args:
        line: One line.

    Returns:
        What it tells, or None where it is no byline. A bare name is none: headings look the same.
    """
    if len(line) > 200:
        return None
    marked = _BY.match(line)
    if marked:
        if _STAFF.fullmatch(line[marked.end() :].rstrip(" .")):
            return Byline()
        return _names_and_agency(line[marked.end() :])
    bare = line.strip(" -–—•*()")
    if AGENCY.fullmatch(bare):
        return Byline(agency=bare)
    if wire := _WIRE_REPORTS.fullmatch(bare):
        return Byline(agency=wire["agency"])
    parts = _PARTS.split(bare)
    if len(parts) == 2 and AGENCY.fullmatch(parts[1].strip()):
        return _names_and_agency(bare)
    comma = bare.rsplit(", ", 1)
    if len(comma) == 2 and AGENCY.fullmatch(comma[1]) and all(is_name(n) for n in split_names(comma[0])):
        return Byline(tuple(split_names(comma[0])), comma[1])
    return None


def parse_dateline(paragraph: str) -> Dateline | None:
    """Read the dateline at the start of a paragraph, such as "WASHINGTON (AP) —", or one that stands alone.

    Args:
        paragraph: One paragraph.

    Returns:
        Place and agency (either may be ""), or None.
    """
    alone = _ALONE.fullmatch(paragraph) if len(paragraph) < 80 else None
    if alone:
        return Dateline(alone["place"] or "", alone["agency"], len(paragraph))
    for pattern in _DATELINES:
        match = pattern.match(paragraph)
        if match and not _NOT_PLACES & set(re.split(r"[ ,.-]+", match["place"])[:3]):
            return Dateline(match["place"].strip(" ,"), match["agency"] or "", match.end())
    return None


def is_dateline_alone(paragraph: str) -> bool:
    """True for a dateline without a story behind it: "London CNN —"."""
    return len(paragraph) < 80 and bool(_ALONE.fullmatch(paragraph))


def parse_date_line(line: str) -> date | None:
    """Read a line that holds nothing but a date: "Updated May 16, 2022", "January 3, 2022 9:05 a.m. ET"."""
    if len(line) > 120:
        return None
    rest = _DATE_LABEL.sub("", line, count=1)
    found = find_date(rest)
    if not found:
        return parse_date(rest) if rest.count(".") == 2 or rest.count("/") == 2 else None
    day, start, end = found
    left = rest[:start] + " " + rest[end:]
    second = find_date(left)
    if second:
        left = left[: second[1]] + left[second[2] :]
    return day if _DATE_REST.fullmatch(left) else None


def parse_bare_names(line: str, below: str) -> Byline | None:
    """Read names without "By" at the very top of a story.

    Args:
        line: The first line.
        below: The line below it, which tells: an agency, an outlet or a role.

    Returns:
        The names, or None: a single name with a story below it may as well be a heading.
    """
    names = split_names(line) if len(line) <= 120 else []
    if not names or not all(is_name(name) for name in names):
        return None
    if len(names) > 1 and " and " in line and len(below) > 60:
        return Byline(tuple(names))
    if _BESIDE_NAME.fullmatch(below):
        return Byline(tuple(names))
    return Byline(tuple(names), below) if AGENCY.fullmatch(below) or is_outlet(below) else None


def is_role(line: str) -> bool:
    """True for a line such as "Opinion contributor" or "Special to USA TODAY", as it stands below a name."""
    return bool(_BESIDE_NAME.fullmatch(line))


def is_outlet(name: str, publication: str = "") -> bool:
    """True where ``name`` is that of a newspaper, broadcaster or site; ``publication`` may be a host name."""
    bare = name.strip(" .")
    if not bare or len(bare) > 45:
        return False
    if AGENCY.fullmatch(bare) or _OUTLET.fullmatch(bare):
        return True
    squeezed = re.sub(r"\W", "", bare).lower()
    known = re.sub(r"\W", "", publication.removeprefix("www.")).lower()
    return len(squeezed) >= 3 and bool(known) and (squeezed in known or known in squeezed)


def is_name(text: str) -> bool:
    """True where ``text`` can be a person's name: two to five capitalised words, none that names never have."""
    return bool(_NAME.fullmatch(text)) and not _NOT_NAMES & set(text.lower().split())


def split_names(text: str) -> list[str]:
    """Split "A, B and C" into names; "King, Jr." stays whole."""
    return [
        piece
        for piece in (
            part.strip(" .,") if not part.strip().endswith("r.") else part.strip() for part in _NAME_BREAK.split(text)
        )
        if piece
    ]


def parse_authors(text: str) -> tuple[str, ...]:
    """Read an author field of metadata: whatever names it lists, without "By" and without mail addresses."""
    text = re.sub(r"\S+@\S+ \(([^)]+)\)", r"\1", text[:2000].strip())  # as RSS writes it
    bare = re.sub(r"\S+@\S+|https?://\S+|\([^)]*\)", " ", _BY.sub("", text))
    bare = " ".join(bare.split())
    if re.fullmatch(r"[^\s,]+,\s*[^\s,]+", bare):  # "Raby, John"
        return (bare,)
    names = [name for part in _PARTS.split(bare) for name in split_names(part)]
    people = [name for name in names if not AGENCY.fullmatch(name) and (is_name(name) or not _ROLE.match(name))]
    return tuple(dict.fromkeys(people or names))


def _names_and_agency(text: str) -> Byline | None:
    head, *others = (part.strip() for part in _PARTS.split(text.strip(" -–—")))
    agency = next((part for part in others if AGENCY.fullmatch(part) or is_outlet(part)), "")
    if AGENCY.fullmatch(head):
        return Byline(agency=head)
    names: list[str] = []
    for piece in split_names(head):
        name, found = _split_agency(piece)
        agency = agency or found
        if name and is_name(name):
            names.append(name)
        elif name and names and (_ROLE.search(name) or is_outlet(name)):
            agency = agency or (name if is_outlet(name) else "")
        elif name:
            return None
    return Byline(tuple(names), agency) if names else None


def _split_agency(piece: str) -> tuple[str, str]:
    """Part "Zolan Kanno-Youngs NEW YORK TIMES" and "MARCIA DUNN AP Aerospace Writer" into name and agency."""
    if AGENCY.fullmatch(piece):
        return "", piece
    if match := _AGENCY_END.search(piece):
        return piece[: match.start()].strip(" ,"), match["agency"]
    if match := _CAPS_TAIL.match(piece):
        return match["name"], match["tail"]
    if match := re.match(r"(.+?),? (?:of|for) (?:the |The )?(.+)$", piece):
        return match[1], match[2]
    if match := re.match(
        r"(.+?) (?:Globe|Times|Post|Staff|Special|Senior|Tribune) (?:Staff|Writer|Correspondent|Reporter)\b.*$", piece
    ):
        return match[1], ""
    return piece, ""
