"""Find the subject of a verb in a masked sentence: a name, a pronoun or a role, with what stands beside it."""

import re

from index import cues, wordlists
from index.names import NAME, is_body, split_title
from index.phrases import (
    breaks_run,
    is_capital,
    is_plural_role,
    list_start,
    phrase_start,
    preposition_before,
    skip_parenthesis,
    without_letters,
)
from index.quotations import MASK

# Subjects are shorter; a bound keeps long sentences linear.
_WINDOW = 320
_TOKEN = re.compile(r"[^\s“”]+|[“”]+")
ROLE = "|".join(sorted(wordlists.ROLE_NOUNS, key=len, reverse=True))
ROLE_START = re.compile(
    rf"(?:the|a|an|one|our|his|her|its|former|then|chief|\d{{1,2}}|(?:co-)?(?:head|dean|fellow|partner)\s(?:of|at|for|in)|"
    rf"(?:(?!(?:in|on|at|to|his|her|with|from|by|for|as)\s)[\w’'.&-]+\s){{0,6}}(?:{ROLE})s?|"
    rf"[a-z-]+(?:er|or|ist|ian)s?\s(?:of|at|for|with))\b",
    re.IGNORECASE,
)
# "DeSantis in a statement said"
_CHANNEL_BEFORE_VERB = re.compile(
    rf"\s(?:in|on|at)\s(?:(?:a|an|his|her|their|the)\s)?(?:[\w’'-]+\s){{0,4}}{cues.CHANNEL}\s*$"
)
# "Tarrow and 24 of her colleagues wrote": whoever is named speaks.
_COLLEAGUES = re.compile(
    rf"({NAME})(?:\s\([^()]{{1,30}}\))? and (?:(?:\d+ |many |several )?"
    r"(?:of )?(?:his|her|their) (?:[\w-]+ ){0,3}?colleagues|(?:the )?(?:other|fellow) (?:[\w-]+ )?"
    r"(?:members|senators|lawmakers|leaders|representatives)(?: (?:of|from) (?:the )?[\w-]+)?)\s+(?:\w+ly |also )?$"
)
# "a person with knowledge of the deal", "sources familiar with the matter"
_KNOWING = re.compile(
    r"(?:\b(?:an?|one|two|three|four|several|multiple|some|another|many|the)\s+)?(?:\b[\w’'-]+\s+){0,3}?"
    r"\b(?:person|people|persons|sources?|officials?|individuals?|lawyers?|aides?|executives?|"
    r"lawmakers?)\s+(?:who (?:was|were) )?"
    r"(?:with (?:\w+ )?knowledge of|familiar with|close to|briefed on|privy to)\s[^,;“”]{1,60}$",
    re.IGNORECASE,
)
# "Omar Penn, Vice President of Public Affairs, Western Pier Alliance said"
_WITH_BODY = re.compile(rf"(?:^|[“”.;:]\s*)({NAME})(?:\s\([^()]{{1,30}}\))?, ([^,“”;\ue000]{{3,100}}), $")
# "A student who moved to Saltby this summer", "the lawyer for two families that have sued Omar Penn"
_WITH_CLAUSE = re.compile(
    r"(?:^|[,;:—”]\s|\b(?:that|and|but|while|as|because|when|after)\s)"
    r"((?:[Aa]n?|[Tt]he|[Oo]ne|[Ss]ome|[Mm]any|[Tt]wo|[Tt]hree|[Ss]everal)\s(?:[\w’'-]+\s){1,8}?(?:who|that|which)\s"
    r"(?:(?:recently|later|also|once)\s)?(?:[a-z]+ed|has|had|have|is|are|was|were)\s[^\s,;“”\ue000]+\s[^,;“”\ue000]{2,110}?)\s*$"
)
_OPEN = re.compile(
    r"\b(?:and|but|or|to|not|never)$|\b(?:who|that|which)\s\S+\s.*\b(?:was|were|is|are|has|had|that|who|which|when|because|while|"
    r"also|after(?! \w+ing))\b"
)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would)\b")
_KNOWS = (" knowledge of ", " familiar with ", " close to ", " briefed on ", " privy to ")
_OWN_PAGE = re.compile(rf"({NAME}), whose (?:[a-z]+ )?(?:website|biography|profile|page|site)\s+$")
_DETERMINED = re.compile(r"(?:an?|the|one of)\s")
# "R", "D.", "D-Colo.", "D-Saltby Heights"
_PARTY = re.compile(r"[A-Z]\.?[A-Za-z.]*(?:-[A-Z][A-Za-z.]*(?:\s[A-Z][A-Za-z.]*){0,2})?$")
# "D-Saltby, chairman of the Pier Committee"
_PARTY_FIRST = re.compile(r"[A-Z]-[A-Z][\w.]*(?:\s[A-Z][\w.]*)?,\s(?=\S)")
# "Tarrow, chair of the Pier Committee, strongly"
_ADVERB_LAST = re.compile(r"(?<=,)(?:\s[a-z]+ly|\salso|\sthen|\slater)+$")
_ASIDE = re.compile(
    r"(?:who|whose|speaking|in|on|at|during|which|citing|referring|when|while|after|noting|through|a?long)\b"
)
_PUBLISHED = frozenset("published released conducted commissioned issued prepared".split())
_PARTS = frozenset("one some many most several two both".split())
_BEFORE_LIST = frozenset("of for on both Both".split())
_CONJUNCTIONS = frozenset("however meanwhile still then also".split())
_NO_SUBJECT = (
    "But|And|However|Although|When|While|Since|After|Before|If|Though|Because|In|On|At|During|For|With|It|Still|Yet|Now|"
    "Then|Later|Meanwhile|Today|Yesterday|Once|Also|There|Here|Not|Of|By|From|Under|Over|So|Or|The|This|That|These|Those|"
    "A|An|His|Her|Their|He|She|They|We|I|You|Some|Many|Most|To|What|Who|How|Why|Only|Even|Just|More|Every|Each|All|Both|"
    "As|Like|Unlike|Upon|Because|Without|Through|Speaking|Separately|Additionally|Previously|Recently|Similarly|"
    "Another|Other|Others|Last|Next|First|Second|Until|Unless|Despite|Instead|Among|Between|About|Perhaps|Nearly|"
    "Almost|Such|Any|No|Its|Our|My|Your|Where|Which"
)
# "For Tarrow, it is a long way."
_FOR = re.compile(rf"(?:For|As for) (?P<np>{NAME}), (?:it|he|she|this|that|the)\b")
_LEADING = re.compile(
    r"^(?:[A-Z][\w.,’'() /]{2,40}\s[–—-]{1,2}\s)?"
    r"(?:(?:But|And|Today,|Yesterday,|This (?:week|morning|month),|However,|Still,|Meanwhile,|Yet|Now,|Then,|Later,|"
    r"Although|When|While|Since|After|Before|If|Though|Because|"
    r"(?:In|On|At|During|After|For|With|As|Despite|Under|Like|Unlike|By|Before|Since|While|When|Although|Though|Once)\s"
    r"[^,]{1,90},|As)\s+)?"
    rf"(?P<np>(?!(?:{_NO_SUBJECT})\b)(?:[A-Z][a-z]+\s+[a-z]+\s+)?{NAME})(?![\w’'-]|\s[–—-]{{1,2}}\s[A-Z“])"
)


_LEADING_ROLE = re.compile(
    r"(?:[A-Z][\w.,’'() /]{2,40}\s[–—-]{1,2}\s)?"
    rf"(?P<np>(?:The|A|An)\s(?:[a-z][\w-]*\s){{0,3}}?(?:{ROLE})(?:\s(?:of|for)\s(?:the\s)?{NAME})?)\b"
)


def leading_subject(sentence: str) -> str | None:
    """Return the capitalised subject a sentence opens with, after an introductory phrase, or None."""
    found = _FOR.match(sentence) or _LEADING.match(sentence)
    return found["np"] if found else None


def leading_role(sentence: str) -> str | None:
    """Return the role or body that a sentence opens with, "The board of Salt Dairies", or None."""
    found = _LEADING_ROLE.match(sentence)
    return found["np"] if found else None


def subject_before(sentence: str, verb_at: int) -> tuple[int, str, str] | None:
    """Find the subject that ends where a verb begins.

    Args:
        sentence: The masked sentence.
        verb_at: Where the verb begins.

    Returns:
        Where the subject begins, its words, and its apposition; None where none is found.
    """
    offset = max(0, verb_at - _WINDOW)
    left = sentence[offset:verb_at]
    found = _subject(left)
    return (offset + found[0], found[1], found[2]) if found else None


def _subject(left: str) -> tuple[int, str, str] | None:
    page = _OWN_PAGE.search(left) if "whose " in left else None
    if page:  # "Penn, whose website says"
        return page.start(1), page[1], ""
    clause = _WITH_CLAUSE.search(left) if " who " in left or " that " in left else None
    if clause and not _OPEN.search(clause[1]):
        return clause.start(1), clause[1], ""
    channel = _CHANNEL_BEFORE_VERB.search(left, max(0, len(left) - 60))
    tokens = without_letters(
        [(m.start(), m[0]) for m in _TOKEN.finditer(left, 0, channel.start() if channel else len(left))]
    )
    last = len(tokens) - 1
    while last >= 0 and (
        tokens[last][1] in cues.FILLERS or (tokens[last][1].endswith("ly") and tokens[last][1].islower())
    ):
        last -= 1
    if last < 0:
        return None
    colleagues = _COLLEAGUES.search(left)
    if colleagues and colleagues.end() > tokens[last][0]:
        return colleagues.start(1), colleagues[1], ""
    knowing = None
    if tokens[last][1][-1].isalnum() and any(words in left for words in _KNOWS):
        knowing = _KNOWING.search(left[: tokens[last][0] + len(tokens[last][1])])
    if knowing:
        return knowing.start(), knowing[0], ""
    closed = last
    last = skip_parenthesis(tokens, last)
    if last < 0:
        return None
    if closed > last and tokens[closed][1].endswith(","):
        # "Tarrow, head of the Salt Trust (ST), said"
        person = _noun_phrase(left, tokens, last)
        named = _apposed(left, tokens[: closed + 1])
        if named and not (person and split_title(person[1])[1] and not is_body(split_title(person[1])[1])):
            return named
    word = tokens[last][1]
    if word == "who" and last:
        last -= 1
        word = tokens[last][1]
        if not word.endswith(","):
            return _after_name(left, tokens, _noun_phrase(left, tokens, last), anywhere=True)
        inner = [*tokens[:last], (tokens[last][0], word[:-1])]
        named = _apposed(left, tokens[: last + 1], anywhere=True)
        return named or _noun_phrase(left, inner, skip_parenthesis(inner, last)) or _apposed(left, tokens[: last + 1])
    if word.endswith(","):
        return _apposed(left, tokens[: last + 1])
    return _after_name(left, tokens, _noun_phrase(left, tokens, last))


def _after_name(
    left: str, tokens: list[tuple[int, str]], found: tuple[int, str, str] | None, *, anywhere: bool = False
) -> tuple[int, str, str] | None:
    """Return the name before an apposition that no comma closes: "Ann Tarrow, President of the Salt Trust said"."""
    person = _WITH_BODY.search(left[: found[0]]) if found else None
    if found and person and _is_name_with_role(person) and is_body(found[1]) and found[1][0].isupper():
        return person.start(1), person[1], f"{person[2]}, {found[1]}"
    if found is None or not left[: found[0]].rstrip().endswith(",") or not ROLE_START.match(found[1]):
        return found
    if split_title(found[1].partition(" of ")[0])[1]:
        return found
    comma = sum(start < found[0] for start, _ in tokens) - 1
    inner = [*tokens[:comma], (tokens[comma][0], tokens[comma][1].rstrip(","))]
    head = _noun_phrase(left, inner, skip_parenthesis(inner, comma))
    named = head and " " in head[1] and head[1][0].isupper() and split_title(head[1])[1]
    if head and named and (anywhere or _at_boundary(left, head[0])):
        return head[0], head[1], found[1]
    return found


def _is_name_with_role(found: re.Match[str]) -> bool:
    """True for "Omar Penn, Vice President of Public Affairs", not for "In Saltby, the pier is open"."""
    opens = found[1].split()[0].lower() in wordlists.PREPOSITIONS | wordlists.BREAKS
    return " " in found[1] and not opens and bool(ROLE_START.match(found[2])) and not _VERB.search(found[2])


def _at_boundary(left: str, start: int) -> bool:
    before = left[:start].rstrip()
    return not before or before[-1] in ",”—–:;-" or before.split()[-1].lower() in (wordlists.BREAKS | {"as", "today"})


def _apposed(left: str, tokens: list[tuple[int, str]], *, anywhere: bool = False) -> tuple[int, str, str] | None:
    """Find the head of "Name, apposition, " by walking back over the commas; ``anywhere``: also an object."""
    first_found: tuple[int, str, str] | None = None
    commas = [i for i, (_, word) in enumerate(tokens) if word.endswith(",") or word.endswith("),")]
    for comma in reversed(commas[-6:-1]):
        begin = tokens[comma + 1][0]
        apposition = _PARTY_FIRST.sub("", _ADVERB_LAST.sub("", left[begin:].rstrip()).rstrip(","))
        if MASK in apposition or "“" in apposition:
            break
        inner = [*tokens[:comma], (tokens[comma][0], tokens[comma][1].rstrip(","))]
        head = _noun_phrase(left, inner, skip_parenthesis(inner, comma))
        if head is None or not head[1][:1]:
            continue
        if not (_at_boundary(left, head[0]) or (anywhere and " " in head[1] and head[1][0].isupper())):
            continue
        is_role = bool(ROLE_START.match(apposition))
        aside = _ASIDE.match(apposition)
        if is_role or aside or _PARTY.match(apposition):
            role = re.sub(r"^\d{1,3},?\s*(?:,\s*)?", "", apposition) if is_role and not aside else ""
            found = head[0], head[1], re.split(r",?\s+who\b|,\s+(?:in|on|during)\s", role)[0]
            # "Tarrow, a member of the Ways and Means, Budget and Farm Committees, said": the first comma counts.
            if first_found is None or (_DETERMINED.match(apposition) and split_title(head[1])[1]):
                first_found = found
    return first_found


def _noun_phrase(left: str, tokens: list[tuple[int, str]], last: int) -> tuple[int, str, str] | None:
    first = phrase_start(tokens, last)
    if first is None:
        return None
    for _ in range(3):
        # "a spokesman for Youngkin", "the mayor of Richmond": the head stands before the preposition.
        before = preposition_before(tokens, first)
        if before < 1 or breaks_run(tokens[before][1]):
            break
        if tokens[before][1] in ("in", "by") and tokens[before - 1][1] in _PUBLISHED and before > 1:
            earlier = phrase_start(tokens, before - 2)  # "a study published in the Journal of Salt"
            if earlier is None:
                break
            first = earlier
        elif tokens[before][1] in ("of", "for", "on", "from", "at", "with", "by", "in"):
            earlier = phrase_start(tokens, before - 1)
            if earlier is None or breaks_run(tokens[before - 1][1]):
                break
            if not _heads_phrase(tokens, before, earlier):
                break
            first = earlier
        elif tokens[before][1] in ("and", "&") and (is_capital(tokens[first][1])) and is_capital(tokens[before - 1][1]):
            earlier = phrase_start(tokens, skip_parenthesis(tokens, before - 1))
            if earlier is None or breaks_run(tokens[before - 1][1]):
                break
            ahead = tokens[earlier - 1][1] if earlier else ""
            opens = not ahead or ahead[-1] in ",”:;" or ahead in wordlists.BREAKS or ahead in _BEFORE_LIST
            if not (opens or is_plural_role(ahead)):
                break
            first = earlier
        else:
            break
    while first < last and tokens[first][1].lower().rstrip(",") in wordlists.BREAKS | _CONJUNCTIONS:
        first += 1
    first = list_start(tokens, first, last)
    start, (end_start, end_word) = tokens[first][0], tokens[last]
    end = end_start + len(end_word)
    return start, left[start:end], ""


def _heads_phrase(tokens: list[tuple[int, str]], before: int, earlier: int) -> bool:
    """True where what stands before the preposition at ``before``, from ``earlier`` on, is what the phrase is about."""
    word, preposition = tokens[before - 1][1], tokens[before][1]
    head = word.lower()
    if not {head, head.rstrip("s")}.isdisjoint(wordlists.ROLE_NOUNS):
        return True
    if not is_capital(word):
        return False
    following = tokens[before + 1 + (tokens[before + 1][1] == "the")][1] if before + 2 < len(tokens) else ""
    named = preposition == "of" or (preposition == "for" and is_capital(following))
    named = named or not {head, head.rstrip("s")}.isdisjoint(wordlists.ORGANISATION)
    opens = not earlier or (preposition == "from" and tokens[earlier - 1][1].endswith(","))
    return named or opens
