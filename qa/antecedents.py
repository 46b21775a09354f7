"""What a pronoun of a follow-up means in the question before it, where the grammar of that question tells."""

import re
from collections.abc import Collection, Sequence

from index import wordlists
from qa.asked import spoken_of
from qa.mentions import NAME, OPENERS, ROLE, is_body, is_role, last_person, names_but_dates, people_named
from qa.pronouns import refers_back
from qa.things import determined, thing_told_of
from qa.timewords import time_words
from qa.verbs import AUXILIARY, is_participle, past

# "Which bill on check holds did Holt introduce": the thing asked for, up to the verb.
_WHICH = re.compile(
    rf"^which\s+(?P<noun>[\w’'-]+(?:\s+(?!{AUXILIARY}\b)[\w.’'&-]+){{0,5}}?)\s+{AUXILIARY}\b", re.IGNORECASE
)
# "Who introduced the Harbor Act in the Senate": of a deed of somebody's, its object.
_WHO_DID_IT = re.compile(
    r"^who\s+(?:(?:has|have|had|will|would)\s+)?(?:first\s+)?[a-z]+\s+(?P<noun>the\s+[^?,]+?)"
    r"(?=\s+(?:in|on|at|for|by|from|with|to|since|until|after|before|during|about|near|when|while)\b|\s*\?|\s*$)",
    re.IGNORECASE,
)
# "Where is the Harbor Museum": nothing but a name.
_WHERE_IS = re.compile(
    r"^(?:what|where|when)(?:['’]s|\s+(?:is|was|are|were))\s+"
    rf"(?P<noun>(?:the\s+)?(?:\d{{4}}\s+)?(?-i:{NAME.pattern})(?:\s+(?!\w+ed\b)[a-z]+)?)\s*\?*$",
    re.IGNORECASE,
)
_IS_NOUN = re.compile(r"^who(?:\s+(?:is|was)|['’]s)\s+(?P<noun>(?:the|an?)\s+[^?,]+?)\s*\?*$", re.IGNORECASE)
_IS_NAME = re.compile(rf"^who(?:\s+(?:is|was)|['’]s)\s+(?-i:{NAME.pattern})\s*\?*$", re.IGNORECASE)
# "Who is Anne Holt's lawyer?"
_IS_OWNED = re.compile(
    r"^who(?:\s+(?:is|was)|['’]s)\s+(?P<noun>(?:(?:the|an?)\s+)?[\w.’' -]+?(?:['’]s|(?<=s)['’])\s+[^?,]+?)\s*\?*$",
    re.IGNORECASE,
)
# "Which senator from Ohio called for the bill?"
_WHICH_DID = re.compile(
    rf"^(?:which|what)\s+(?P<noun>(?:(?!{AUXILIARY}\b)[\w.’'-]+\s+){{0,3}}?{ROLE.pattern}(?<!s)(?:\s+(?:of|from|in|at)\s+(?-i:{NAME.pattern}))?)"
    rf"\s+(?!{AUXILIARY}\b)[a-z]+\s",
    re.IGNORECASE,
)
_AS_NOUN = re.compile(r"^who\s+(?:\w+\s+){1,3}?as\s+(?P<noun>[^?,]+?)\s*\?*$", re.IGNORECASE)
_WHO_DID = re.compile(rf"^who\s+(?P<deed>(?!{AUXILIARY}\b)[a-z]*[a-rt-z]\s+[^?]+?)\s*\?*$", re.IGNORECASE)
_PREPOSITION = r"(?:in|on|at|for|to|from|with|by|of|as|about|after|before|during|near|over)"
_WORD = rf"(?!{_PREPOSITION}\b)[a-z]+"
_WHO_DOES = re.compile(rf"^who\s+(?!{AUXILIARY}\b)[a-z]+\s", re.IGNORECASE)
# What only says of which kind the thing named before is: "the company" for "Calder Foods".
_KIND = re.compile(
    r"\bthe\s+(?P<kind>company|firm|business|manufacturer|maker|carmaker|automaker|airline|retailer|chain|bank|startup|"
    r"bill|law|act|measure|legislation|film|movie|book|novel|album|song|show|series|team|club|"
    r"hurricane|storm|ship|vessel|plane|rocket|telescope|"
    r"programme|program|project|app|platform|drug|vaccine|device)"
    r"(?=['’]s\b|\s*\?|\s*$|\s+(?!of\b|in\b|at\b|that\b|which\b|behind\b|from\b|for\b|near\b)[a-z])",
    re.IGNORECASE,
)
_PAIR = re.compile(
    rf"(?P<former>{NAME.pattern})(?:['’]s)?\s*,?\s+"
    rf"(?:and|or|vs\.?|versus|with|[a-z]+ (?:with|against|by|from|to))\s+(?P<latter>{NAME.pattern})"
)
_OF_TWO = re.compile(r"\bthe\s+(?P<which>latter|former)\b", re.IGNORECASE)
_WHEN_DID = re.compile(
    r"^when\s+(?P<auxiliary>did|was|were)\s+"
    rf"(?P<subject>he|she|it|they|(?:the\s+)?(?-i:{NAME.pattern})(?:\s+{_WORD})??|the\s+{_WORD}(?:\s+{_WORD})??)\s+"
    rf"(?P<verb>{_WORD})"
    rf"(?P<rest>(?:\s+(?:(?:{_PREPOSITION}|the|an?|his|her|its|their)\b|(?-i:[A-Z\d]))[^?]*?)?)\s*\?*$",
    re.IGNORECASE,
)
_WHEN = re.compile(r"(?<=\s)when\s+[^?,]+")
_WHO = re.compile(r"^(?:who|whom|whose)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_PLURAL = re.compile(r"(?:[^s]s|people|men|women|children|police)$", re.IGNORECASE)
_PLURAL_NAME = re.compile(r"\bthe\s+(?:[A-ZÀ-Þ][\w.’&-]*\s+)*[A-ZÀ-Þ][\w.&-]*[a-rt-z]s\b(?!\s+[A-ZÀ-Þ]|[’'])")
_BEFORE_SUBJECT = re.compile(rf"\b{AUXILIARY}\s+$|^\W*$", re.IGNORECASE)
# "Did he deny it?": that it is so.
_WHAT_HAPPENED = re.compile(
    r"\b(?:den(?:y|ied)|admit(?:ted)?|confirm(?:ed)?|explain(?:ed)?|sa(?:y|id)|kn[oe]w|do|justif(?:y|ied)|announced?|mean|meant|"
    r"react(?:ed)? to|respond(?:ed)? to|comment(?:ed)? on|find out about|learn(?:ed)? of)\s+$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\babout\s+$", re.IGNORECASE)


def thing_meant(question: str, pronoun: re.Match[str], base: str) -> str:
    """Return what "it", "that one", "them" or "there" of a question means in ``base``; "" where that is not certain.

    >>> question = "What became of it?"
    >>> thing_meant(question, re.search("it", question), "Which bill did Holt introduce?")
    'the bill'
    """
    word = pronoun.group().lower()
    before = question[: pronoun.start()]
    if word == "it" and _WHAT_HAPPENED.search(before):
        return ""
    if _ABOUT.search(before) and word in ("it", "this", "that", "them") and not question[pronoun.end() :].strip(" ?"):
        topic = spoken_of(base)[1]
        return "" if refers_back(topic) else topic
    if word == "they" and (doers := _those_who(base)):
        return doers
    if word == "there":
        named = _noun(_WHERE_IS, base)
        return f"{'at' if _ARTICLE.match(named) else 'in'} {named}" if named else ""
    if word not in ("it", "its", "that one", "them", "they", "their"):
        return ""
    several = word in ("them", "they", "their")
    kinds = [_WHO_DID_IT, _WHERE_IS]
    if word == "that one" or (word in ("it", "them") and not _BEFORE_SUBJECT.search(before)):
        kinds.insert(0, _WHICH)  # as a subject "it" may as well be the one who did something to that thing
    plural = list(_PLURAL_NAME.finditer(base)) if word == "them" else []
    if len(plural) == 1:
        return plural[0].group()
    found = (_noun(kind, base) for kind in kinds if word != "they" and word != "their")
    noun = next((noun for noun in found if noun and bool(_PLURAL.search(_head(noun))) == several), "")
    # After "Who bought the Eagles?" they are either.
    thing = None if word == "that one" or (word == "they" and _WHO_DID.match(base)) else thing_told_of(base, several)
    return noun or (thing.words if thing else "")


def with_kinds_named(question: str, base: str) -> str:
    """Return a question with names in place of "the company", "the bill" and "the latter", where ``base`` has them.

    >>> with_kinds_named("What did the company say?", "Why was Calder Foods fined?")
    'What did Calder Foods say?'
    """
    two, pairs = _OF_TWO.search(question), list(_PAIR.finditer(base))
    if two and len(pairs) == 1:
        name = re.sub(rf"^{AUXILIARY}\s+", "", pairs[0][two["which"].lower()], flags=re.IGNORECASE)
        return question[: two.start()] + name + question[two.end() :]
    kind = _KIND.search(question)
    if (
        kind is None
        or kind.span() not in determined(question)
        or re.search(rf"\b{kind['kind']}\b", base, re.IGNORECASE)
    ):
        return question
    thing = thing_told_of(base, False)
    return question[: kind.start()] + thing.words + question[kind.end() :] if thing and thing.named else question


def person_meant(asked: Sequence[str], pronoun: str, besides: Collection[str] = ()) -> str:
    """Return whom "he" or "she" means after the questions ``asked`` (oldest first): a name or a description, or "".

    Args:
        asked: The questions.
        pronoun: The pronoun.
        besides: Who is named beside the pronoun, so that it means somebody else.
    """
    unlikely = ""
    for earlier in reversed(asked):
        described = person_described(earlier)
        if described and described not in besides:
            return described
        found = last_person([earlier])
        found = _owned(earlier, found, pronoun) or found or _office_named(earlier)
        if found and (not fits(found, pronoun) or _is_one_of(found, besides)):
            unlikely = unlikely or ("" if _is_one_of(found, besides) else found)  # "Madison" may be a man
            found = _other_named(earlier, pronoun, besides)
        asks_who = _WHO.match(earlier) is not None and not refers_back(earlier)
        if found and not (asks_who and _WHO_DOES.match(earlier) and not fits(found, pronoun, surely=True)):
            return found
        if asks_who and not described and not _IS_NAME.match(earlier):
            return ""  # the one who was asked for, whom nobody has named yet
    return unlikely


def _owned(earlier: str, owner: str, pronoun: str) -> str:
    """Return who is named as somebody's, "Anne Holt's new lawyer" where "Anne Holt" is ``owner``; else ""."""
    match = re.search(rf"\b{re.escape(owner)}(?:['’]s|(?<=s)['’])\s+(?:[a-z][\w-]*\s+){{0,2}}?{ROLE.pattern}", earlier)
    if not owner or match is None or is_body(match.group()):
        return ""
    role = match.group().split()[-1].lower()
    others = wordlists.MEN if pronoun.lower() in wordlists.WOMEN | {"her", "hers"} else wordlists.WOMEN
    return "" if role in others or _PLURAL.search(role) else match.group()


def _office_named(earlier: str) -> str:
    """Return the only one whom a question calls by what he or she is: "the governor of Ohio"; else ""."""
    found = [(start, end) for start, end in determined(earlier) if is_role(earlier[start:end])]
    if len(found) != 1 or earlier[slice(*found[0])].lower().startswith(("a ", "an ")):
        return ""
    whose = re.match(rf"\s+(?:of|from)\s+(?:the\s+)?{NAME.pattern}", earlier[found[0][1] :])
    words = earlier[slice(*found[0])] + (whose.group() if whose else "")
    return "" if refers_back(words) or _PLURAL.search(_head(words)) or is_body(earlier[slice(*found[0])]) else words


def both_meant(asked: Sequence[str], pronoun: str) -> str:
    """Return "Holt and Corvane" for "they" after "Who is Holt?" and "Who is Corvane?"; "" after anything else."""
    known = list(dict.fromkeys(earlier for earlier in asked if earlier))[-2:]
    two = [names_but_dates(earlier)[-1].group() for earlier in known if _IS_NAME.match(earlier)]
    return " and ".join(two) if len(two) > 1 and pronoun.lower() in ("they", "them") else ""


def _other_named(earlier: str, pronoun: str, besides: Collection[str]) -> str:
    """Return the only one named in a question whom a pronoun fits: surely, where nobody stands beside it."""
    others = [name.group() for name in people_named(earlier) if not _is_one_of(name.group(), besides)]
    surely = [name for name in others if fits(name, pronoun, surely=True)]
    fitting = surely or ([name for name in others if fits(name, pronoun)] if besides else [])
    return fitting[0] if len(fitting) == 1 else ""


def _is_one_of(name: str, besides: Collection[str]) -> bool:
    return any(set(name.split()) & set(other.split()) for other in besides)


def fits(name: str, pronoun: str, surely: bool = False) -> bool:
    """Return whether a pronoun can stand for a name; ``surely``: whether the given name tells that it can."""
    given = f"{name} ".split(" ")[0].lower()
    woman, man = given in wordlists.WOMENS_NAMES, given in wordlists.MENS_NAMES
    if woman == man:
        return not surely
    return woman == (pronoun.lower() in wordlists.WOMEN | {"her", "hers"})


def _those_who(base: str) -> str:
    match = _WHO_DID.match(base)
    if match is None or refers_back(base) or _PLURAL_NAME.search(base):
        return ""
    object_ = _WHO_DID_IT.match(base)
    return "" if object_ and _PLURAL.search(_head(object_["noun"])) else f"those who {match['deed']}"


def person_described(base: str) -> str:
    """Return the description by which ``base`` asks for somebody: who that is, only an answer to it would tell.

    >>> person_described("Who resigned as mayor of Saco in May?"), person_described("Who shot the mayor?")
    ('the mayor of Saco', '')
    """
    owned = _IS_OWNED.match(base)
    match = owned or _AS_NOUN.match(base) or _IS_NOUN.match(base) or _WHICH_DID.match(base)
    if match is None or refers_back(match["noun"]):
        return ""
    if owned:
        return owned["noun"]
    noun = match["noun"]
    for time in reversed(time_words(noun)):
        noun = noun[: time.start].rstrip() if time.end == len(noun) else noun
    noun = _ARTICLE.sub("", noun)
    return f"the {noun}" if noun else ""


def time_meant(base: str) -> str:
    """Return when "then" or "that day" is after ``base``: what that asks, or says with "when"; "" where neither.

    >>> time_meant("How old was Anne Holt when she was elected?")
    'when Anne Holt was elected'
    >>> time_meant("When did Anne Holt marry?")
    'when Anne Holt married'
    """
    asked = _WHEN_DID.match(base)
    if asked:
        auxiliary, verb = asked["auxiliary"].lower(), asked["verb"]
        return f"when {asked['subject']} {past(verb) if auxiliary == 'did' else f'{auxiliary} {verb}'}{asked['rest']}"
    match = _WHEN.search(base)
    if match is None:
        return ""
    clause = match.group().strip(" ?")
    pronoun = re.search(r"\b(?:he|she|it|they)\b", clause)
    named = [name.group() for name in names_but_dates(base[: match.start()])]
    if pronoun and len(named) == 1:
        return clause[: pronoun.start()] + named[0] + clause[pronoun.end() :]
    return "" if pronoun else clause


def other_in_topic(question: str, pronoun: re.Match[str], base: str, person: str) -> str:
    """Return whom "about him" means beside ``person``: the only other one named in what ``base`` was about, else ""."""
    topic = spoken_of(base)[1]
    named = {match.group() for match in names_but_dates(topic)} - {person}
    return named.pop() if len(named) == 1 and _ABOUT.search(question[: pronoun.start()]) else ""


def _noun(kind: re.Pattern[str], base: str) -> str:
    """Return the thing that a kind of question has in ``base``, with its article; "" for people and pronouns."""
    match = kind.match(base)
    if match is None or refers_back(match["noun"]):
        return ""
    noun = match["noun"] if kind is not _WHICH else f"the {match['noun']}"
    if kind is _WHO_DID_IT and len(noun.split()) > 2 and is_participle(noun.split()[-1]):
        noun = noun.rpartition(" ")[0]  # "the play performed" in Saco
    head = _head(noun).lower()
    if kind is _WHERE_IS and " " in noun and is_participle(noun.split()[-1]):
        return ""  # "When was the Ellis Theater built?"
    if head in OPENERS or ROLE.fullmatch(head) or re.match(r"the (?:of|ones?)\b", noun):
        return ""
    return noun


def _head(noun: str) -> str:
    return re.split(r"\s(?:of|on|in|at|near|for|from|about|with|between|to)\s", noun)[0].split()[-1]
