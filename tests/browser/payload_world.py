"""An engine, and the state of a session, in which every text of a list stands in every place that shows one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from index.records import AddResult, AddStatus, Article, Filters, ParagraphKind, StatementKind
from index.statement_store import SpeakerName, StatementRow
from qa.quote_align import Piece, PieceKind
from qa.quote_records import Place, QuoteCheck, QuoteStatus
from qa.records import Answer, AnswerKind, Citation, Disagreement, Instead, Passage, Period, Query, Reply, Status
from tests.app.fakes import FakeEngine, FakeLibrary, article
from ui import escape
from ui.conversation import Turn
from ui.quotation import Checked
from ui.speaker_names import FAILED

DAY = date(2023, 10, 2)
WORDS = "Plain words"
SPEAKER = "Ann Lee"
NOTHING = FakeLibrary().stats()


@dataclass(frozen=True)
class Text:
    """A text, and the address that an article with it has."""

    words: str
    url: str


def hostile(payloads: Sequence[str]) -> list[Text]:
    """Mark each payload with its number, so that it can be told from the others."""
    return [Text(f"{payload} w{number}w", payload) for number, payload in enumerate(payloads)]


def harmless(payloads: Sequence[str]) -> list[Text]:
    """Return plain words that are as long, and addresses that are links exactly where those are."""
    texts = []
    for number, text in enumerate(hostile(payloads)):
        length, end = len(" ".join(text.words.split())), f" w{number}w"
        words = f"plain {'x' * length}"[: length - len(end)] + end
        texts.append(Text(words, f"https://example.org/{number}" if escape.web_address(text.url) else ""))
    return texts


def engine(texts: Sequence[Text]) -> FakeEngine:
    """Return an engine over articles and statements of these texts."""
    library = FakeLibrary({one.id: one for one in articles(texts)})
    library.said = [_statement(number, text) for number, text in enumerate(texts)]
    library.said += [_statement(number, text, speaker=SPEAKER) for number, text in enumerate(texts)]
    library.problems = [text.words for text in texts]
    return FakeEngine(library=library, words={text.words: ("all", WORDS, "") for text in texts})


def articles(texts: Sequence[Text]) -> list[Article]:
    """Return an article with each text in each part of its head, and one of all texts."""
    return [*(_article(number, text) for number, text in enumerate(texts)), _long_article(texts)]


def _article(number: int, text: Text) -> Article:
    words = text.words
    return replace(
        article(f"a{number}", words, [words], words, DAY, (words,), text.url, section=words),
        deck=words, agency=words, place=words, source=words,
    )  # fmt: skip


def _long_article(texts: Sequence[Text]) -> Article:
    kinds = list(ParagraphKind)
    paragraphs = [(text.words, kinds[number % len(kinds)]) for number, text in enumerate(texts)]
    return article("all", WORDS, [*paragraphs, (WORDS, ParagraphKind.BODY)], "Harbour Times", DAY)


def _statement(number: int, text: Text, speaker: str = "") -> StatementRow:
    words, kinds = text.words, list(StatementKind)
    return StatementRow(
        number, f"a{number}", words, words, DAY, text.url, kinds[number % len(kinds)], words, ((0, len(words)),),
        words, speaker or words, words, words, (0, len(words)),
    )  # fmt: skip


def turns(texts: Sequence[Text]) -> list[Turn]:
    """Return a conversation with every text in a part of a question, as an error, and in each part of a reply."""
    asked = [_asked(*texts[at : at + 5]) for at in range(0, len(texts) - 4, 5)]
    failed = [Turn(WORDS, error=text.words) for text in texts[::5]]
    return [*asked, *failed, Turn(WORDS, reply=_answered(texts)), Turn(WORDS, reply=_offered(texts))]


def _asked(question: Text, understood: Text, when: Text, where: Text, why: Text) -> Turn:
    """A question and how it was understood; each part is a heavy widget, so each has another text."""
    filters = Filters((where.words,), authors=(where.words,))
    query = Query(question.words, understood.words, filters, period=Period(when.words, DAY, DAY, DAY))
    return Turn(question.words, filters, reply=Reply(query, Status.NO_ANSWER, why.words, (), (), NOTHING))


def _answered(texts: Sequence[Text]) -> Reply:
    answers = tuple(_answer(number, text) for number, text in enumerate(texts))
    rows = tuple(_statement(number, text) for number, text in enumerate(texts))
    return Reply(
        Query(WORDS, WORDS), Status.ANSWERED, "", answers, (), NOTHING, statements=rows,
        disagreement=Disagreement(answers[:2]),
    )  # fmt: skip


def _answer(number: int, text: Text) -> Answer:
    """An answer by the text, in a paragraph of it; its citation has it as headline, outlet or author in turn."""
    words, middle = text.words, len(text.words) // 2
    title, publication, authors = (words if number % 3 == place else WORDS for place in range(3))
    cited = Citation(f"a{number}", title, publication, (authors,), DAY, text.url, 0, middle, f"{words}\n{words}", 0)
    return Answer(words, 0.5, AnswerKind.SPAN, words, cited, (), words)


def _offered(texts: Sequence[Text]) -> Reply:
    speakers = tuple(SpeakerName(text.words, "", 2, 1, DAY, DAY) for text in texts)
    passages = tuple(
        Passage(f"a{number}", text.words, "", DAY, text.url, text.words, 0, 5, 1.0) for number, text in enumerate(texts)
    )
    offer = Instead(texts[0].words, WORDS, texts[1].words, 1, (_statement(2, texts[2]),), speakers)
    return Reply(Query(WORDS, WORDS), Status.NO_ANSWER, WORDS, (), passages, NOTHING, instead=offer)


def results(texts: Sequence[Text]) -> list[AddResult]:
    """Return a report on adding with every text as headline, source and reason."""
    return [AddResult(text.words, AddStatus.FAILED, "", text.words, text.words) for text in texts]


def checked(texts: Sequence[Text], generation: int) -> Checked:
    """Return a quotation that was checked, with every text as place, piece and speaker."""
    kinds = list(PieceKind)
    pieces = tuple(Piece(kinds[number % len(kinds)], text.words) for number, text in enumerate(texts))
    places = tuple(_place(number, text) for number, text in enumerate(texts))
    check = QuoteCheck(
        texts[0].words, texts[1].words, QuoteStatus.OTHER_SPEAKER, False, 0.5, 0.5, pieces, (texts[2].words,),
        places, len(places), False, places[0], NOTHING,
    )  # fmt: skip
    return Checked(texts[0].words, texts[1].words, Filters(), generation, check)


def _place(number: int, text: Text) -> Place:
    paragraph = f"{text.words}\n{text.words}"
    return Place(
        f"a{number}", text.words, "", (text.words,), DAY, text.url, 0, 5, ((0, 5),), paragraph, 0, text.words,
        text.words, StatementKind.DIRECT, True, False if number == 3 else None,
    )  # fmt: skip


def session(texts: Sequence[Text], generation: int) -> dict[str, Any]:
    """Return what a session has done already: asked, checked a quotation, failed to remove and to join."""
    failed = {"removal-failed": texts[0].words, FAILED: texts[1].words}
    return failed | {"quotation-checked": checked(texts, generation), "conversation": turns(texts)}
