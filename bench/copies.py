"""Made-up copies of real articles, as other outlets would run them: trimmed, re-headlined, reordered, rewritten."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from index.records import Article, Draft, ParagraphKind
from index.sentences import sentence_spans

Change = Callable[[list[str], random.Random], list[str]]

# Words and turns that an editor exchanges without changing what is said; the first becomes the second.
_SWAPS = tuple(
    (re.compile(rf"\b{old}\b"), new)
    for old, new in (
        pair.split(" > ")
        for pair in (
            "said > stated;announced > unveiled;announce > unveil;introduced > put forward;"
            "today > on Tuesday;issued > released;statement > comment;following > below;help > assist;"
            "helps > assists;ensure > make sure;ensuring > making sure;legislation > bill;"
            "bipartisan > cross-party;important > vital;critical > crucial;families > households;"
            "Americans > people in the United States;provide > offer;provides > offers;support > back;"
            "supports > backs;supported > backed;including > among them;also > in addition;nearly > almost;"
            "more than > over;over the past > in the last;in order to > so as to;as well as > and;"
            "will > is going to;must > has to;should > ought to;cannot > can not;do not > don't;"
            "does not > doesn't;is not > isn't;we are > we're;I am > I'm;it is > it's;have been > were;"
            "across > throughout;continue to > keep on;continue > go on;work > labor;working > laboring;"
            "workers > employees;jobs > positions;funding > money;funds > money;year > twelve months;"
            "children > kids;health care > healthcare;because > since;while > as;however > but;"
            "although > though;many > lots of;significant > considerable;need > require;needs > requires;"
            "community > neighborhood;communities > neighborhoods;protect > guard;protecting > guarding;"
            "urged > pressed;urging > pressing;called on > asked;calling on > asking;voted > cast a vote;"
            "passed > approved;led > headed;joined > accompanied;members > lawmakers;leaders > heads;"
            "efforts > attempts;effort > attempt;increase > raise;increased > raised;reduce > cut;"
            "reducing > cutting;create > make;creating > making;allow > let;allows > lets;require > oblige;"
            "requires > obliges;additional > further;several > some;proud > glad;honor > privilege;"
            "believe > think;make > render;made > rendered;use > employ;used > employed;country > nation;"
            "nation > country;people > persons;time > moment;great > fine;new > fresh;first > initial"
        ).split(";")
    )
)
_SHORTER = tuple(
    (re.compile(old), new)
    for old, new in (
        (r"\$(\d[\d.]*) million\b", r"$\1m"),
        (r"\$(\d[\d.]*) billion\b", r"$\1bn"),
        (r"(\d) ?percent\b", r"\1%"),
        (r"(?<=\d),(?=\d{3})", ""),
        (r"\bU\.S\.(?=\s[a-z])", "US"),
        (r"\bUnited States\b", "US"),
        (r"\bSenators\b", "Sens."),
        (r"\bSenator\b", "Sen."),
        (r"\bCongress(?:wo)?man\b", "Rep."),
        (r"\bRepresentative\b", "Rep."),
        (r"\bJanuary (?=\d)", "Jan. "),
        (r"\bFebruary (?=\d)", "Feb. "),
        (r"\bOctober (?=\d)", "Oct. "),
        (r"\bNovember (?=\d)", "Nov. "),
        (r"\btwo\b", "2"),
        (r"\bthree\b", "3"),
        (r"\bfour\b", "4"),
        (r"\bfive\b", "5"),
        (r"\bten\b", "10"),
    )
)
_MARKS = (("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'"), (" – ", " - "), (" — ", " - "), (";", ","), ("...", "…"))
_CLAUSES = re.compile(
    r",\s(?:who|which|where|along with|including|together with|according to)\b[^,.;“”\"]{5,90}(?=[,.])"
)
_ASIDE = re.compile(r"\s\([^()]{1,60}\)")
_AGENCY = ("(Northgate News) —", "WASHINGTON (Meridian Wire) —", "From our news services:", "By Meridian Wire staff.")
_OFTEN = 0.7
_TAILS = (
    "Meridian Wire contributed to this report.",
    "This story first ran in the Northgate Courier.",
    "Readers may write to the newsroom with comments on this story.",
)


def first_half(sentences: list[str], _: random.Random) -> list[str]:
    """Keep the first half, as a page that ran out of room does."""
    return sentences[: (len(sentences) + 1) // 2]


def middle_half(sentences: list[str], _: random.Random) -> list[str]:
    """Keep what lies between the first and the last quarter."""
    quarter = len(sentences) // 4
    return sentences[quarter : quarter + (len(sentences) + 1) // 2]


def random_half(sentences: list[str], rng: random.Random) -> list[str]:
    """Keep half of the sentences, in their order."""
    kept = sorted(rng.sample(range(len(sentences)), (len(sentences) + 1) // 2))
    return [sentences[i] for i in kept]


def reorder(sentences: list[str], rng: random.Random) -> list[str]:
    """Shuffle runs of one to three sentences."""
    runs, rest = [], list(sentences)
    while rest:
        size = rng.randint(1, 3)
        runs.append(rest[:size])
        rest = rest[size:]
    rng.shuffle(runs)
    return [sentence for run in runs for sentence in run]


def rewrite(sentences: list[str], rng: random.Random) -> list[str]:
    """Exchange words, number formats and marks, drop clauses, put an agency's lines before and after."""
    changed = [_rewritten(sentence, rng) for sentence in sentences]
    return [f"{rng.choice(_AGENCY)} {changed[0]}", *changed[1:], rng.choice(_TAILS)]


def _rewritten(sentence: str, rng: random.Random) -> str:
    for pattern, new in (*_SWAPS, *_SHORTER):
        sentence = _often(pattern, new, sentence, rng)
    for old, new in _MARKS:
        sentence = sentence.replace(old, new)
    return _often(_CLAUSES, "", _ASIDE.sub("", sentence), rng)


def _often(pattern: re.Pattern[str], new: str, sentence: str, rng: random.Random) -> str:
    return pattern.sub(lambda match: match.expand(new) if rng.random() < _OFTEN else match[0], sentence)


def as_it_is(sentences: list[str], _: random.Random) -> list[str]:
    """Change nothing."""
    return sentences


# What is done one after the other, by the name under which it is reported. Every copy has a headline of its own.
KINDS: Mapping[str, tuple[Change, ...]] = {
    "headline": (as_it_is,),
    "reordered": (reorder,),
    "rewritten": (rewrite,),
    "first half": (first_half,),
    "middle half": (middle_half,),
    "random half": (random_half,),
    "first half, rewritten": (first_half, rewrite),
    "middle half, rewritten": (middle_half, rewrite),
    "random half, rewritten": (random_half, rewrite),
    "random half, reordered": (random_half, reorder),
    "random half, reordered, rewritten": (random_half, reorder, rewrite),
}


def make_copy(article: Article, kind: str, number: int, rng: random.Random) -> Draft:
    """Return a copy of ``article`` as another outlet would run it.

    Args:
        article: The original.
        kind: A key of ``KINDS``.
        number: Makes source and publication unlike those of other copies.
        rng: Decides what is random.
    """
    sentences = body_sentences(article)
    for change in KINDS[kind]:
        sentences = change(sentences, rng)
    paragraphs = []
    while sentences:
        size = rng.randint(1, 4)
        paragraphs.append(" ".join(sentences[:size]))
        sentences = sentences[size:]
    title = article.title.split()
    rng.shuffle(title)
    draft = Draft("\n\n".join(paragraphs), f"copy {number}", " ".join(title[: max(3, len(title) // 2)]))
    return replace(draft, publication=f"Outlet {number % 40}", published=article.published)


def body_sentences(article: Article) -> list[str]:
    """Return the sentences of the article's body, each in one line."""
    found = []
    for paragraph in article.paragraphs:
        if paragraph.kind is ParagraphKind.BODY:
            text = article.text[paragraph.start : paragraph.end]
            found += [" ".join(text[start:end].split()) for start, end in sentence_spans(text)]
    return found
