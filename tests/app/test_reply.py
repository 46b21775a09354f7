"""Statements beside or instead of an answer, and sources that disagree, on the Ask page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from index.records import Filters
from index.statement_store import SpeakerName
from qa.records import Answer, AnswerKind, Disagreement, Instead, Query, Reply, Status
from tests.app import world
from tests.app.conftest import shown_html
from tests.app.fakes import FakeEngine, citation
from tests.unit.qa.rows import row
from ui import engine as ui_engine
from ui import escape

WORDS = "We waited too long, and now the steel decides for us"
START = world.BRIDGE.text.index(WORDS)
SAID = [
    row(1, "Ruth Okafor", "Oldest words", date(2023, 9, 1), article="ferry", role="Mayor"),
    row(2, "Ruth Okafor", WORDS, date(2023, 10, 2), "bridge", "Mayor", ((START, START + 19), (START + 20, START + 52))),
    row(3, "Ruth Okafor", "Undated <b>words</b>", None, article="hostile", role="Mayor"),
]


@dataclass
class _Fixed(FakeEngine):
    """Gives one reply to everything, as an answer to what was asked."""

    reply: Reply | None = None
    calls: list[str] = field(default_factory=list)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),  # noqa: ARG002
        filters: Filters = Filters(),
        top: int = 3,  # noqa: ARG002
        prefer_recent: bool | None = None,  # noqa: ARG002
        read_dates: bool = True,  # noqa: ARG002
    ) -> Reply:
        self.calls.append(question)
        assert self.reply
        return replace(self.reply, query=Query(question, question, filters))


@pytest.fixture
def fixed(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Fixed]:
    """An engine that gives one reply."""
    engine = _Fixed(library=world.engine().library, words={"Q?": ("bridge", WORDS, "")})
    monkeypatch.setattr(ui_engine, "opener", lambda: engine)
    ui_engine.forget()
    yield engine
    ui_engine.forget()


def _reply(*answers: Answer, **more: object) -> Reply:
    stats = world.engine().library.stats()
    status = Status.ANSWERED if answers else Status.NO_ANSWER
    reply = Reply(Query("Q?", "Q?"), status, "" if answers else "Not about trams.", answers, (), stats, {}, 3)
    return replace(reply, **more)  # type: ignore[arg-type]


def _answer(words: str, kind: AnswerKind = AnswerKind.SPAN, speaker: str = "", role: str = "") -> Answer:
    return Answer(words, 0.5, kind, speaker, citation(world.BRIDGE, words), (), role)


def _asked(page: AppTest) -> AppTest:
    page = page.run().chat_input[0].set_value("Q?").run()
    assert not page.exception
    return page


def _links(page: AppTest) -> list[str]:
    return [link.proto.query_string for link in page.get("page_link")]


STATEMENT = _answer(WORDS, AnswerKind.STATEMENT, "Ruth Okafor", "Mayor")


def _order(page: AppTest) -> list[int]:
    shown = shown_html(page)
    places = [shown.index(words) for words in ("Oldest words", f"“{WORDS}”</p>", "Undated &lt;b&gt;")]
    return sorted(range(3), key=places.__getitem__)


def test_all_statements_oldest_first_and_turned_round(fixed: _Fixed, ask_page: AppTest) -> None:
    fixed.reply = _reply(STATEMENT, statements=tuple(SAID))
    page = _asked(ask_page)
    shown = shown_html(page)
    assert '<span class="or-speaker">Ruth Okafor, Mayor</span>' in shown
    assert "1 September 2023 · Title of ferry — Harbour Times" in shown
    assert "<b>words</b>" not in shown
    assert page.expander[1].label == "All 3 statements, oldest first"
    assert _order(page) == [0, 1, 2]
    page.toggle(key="newest-first-0").set_value(True).run()
    assert not page.exception
    assert page.expander[1].label == "All 3 statements, newest first"
    assert _order(page) == [1, 0, 2]


def test_each_statement_opens_its_article_with_the_words_marked(fixed: _Fixed, ask_page: AppTest) -> None:
    fixed.reply = _reply(STATEMENT, statements=tuple(SAID))
    links = _links(_asked(ask_page))
    assert f"article=bridge&start={START}&end={START + 52}" in links[1:]
    assert "article=ferry&start=0&end=12" in links


def test_a_statement_leads_to_everything_by_its_speaker(fixed: _Fixed, ask_page: AppTest) -> None:
    fixed.library.said = SAID
    fixed.reply = _reply(STATEMENT, statements=(SAID[1],))
    page = _asked(ask_page)
    [link] = [one for one in page.get("page_link") if one.proto.page == "speaker"]
    assert escape.markdown_undone(link.proto.label) == "Everything by Ruth Okafor: 3 statements"
    assert link.proto.query_string == "speaker=Ruth+Okafor"
    fixed.reply = _reply(instead=OFFER)
    page = page.chat_input[0].set_value("Q?").run()
    assert len([one for one in page.get("page_link") if one.proto.page == "speaker"]) == 2


def test_a_single_statement_needs_no_list(fixed: _Fixed, ask_page: AppTest) -> None:
    fixed.reply = _reply(STATEMENT, statements=(SAID[1],))
    page = _asked(ask_page)
    assert len(page.expander) == 1 and not page.toggle


def test_many_statements_are_shown_on_demand(fixed: _Fixed, ask_page: AppTest) -> None:
    many = tuple(row(n, "Ruth Okafor", f"Words number {n}.", date(2023, 1, 1)) for n in range(1, 31))
    fixed.reply = _reply(STATEMENT, statements=many)
    page = _asked(ask_page)
    assert shown_html(page).count("Words number") == 20
    page.toggle(key="show-all-0").set_value(True).run()
    assert shown_html(page).count("Words number") == 30


OFFER = Instead(
    "Not about trams.",
    "Ruth Okafor",
    "trams",
    2,
    (SAID[1], SAID[0]),
    (SpeakerName("Ann *Lee*", "Driver", 3, 2, None, None), SpeakerName("Bo Ek", "", 1, 1, None, None)),
)


def test_what_was_said_instead_and_who_spoke(fixed: _Fixed, ask_page: AppTest) -> None:
    fixed.reply = _reply(instead=OFFER)
    page = _asked(ask_page)
    shown = shown_html(page)
    assert "Not about trams." in shown and "Who spoke about trams:" in shown
    assert [escape.markdown_undone(box.label) for box in page.expander] == ["What Ruth Okafor said"]
    assert shown.index(f"“{WORDS}”") < shown.index("Oldest words")
    others = [button for button in page.button if (button.key or "").startswith("instead-")]
    assert [escape.markdown_undone(button.label) for button in others] == [
        "Ann *Lee*, Driver: 3 statements in 2 articles",
        "Bo Ek: 1 statement in 1 article",
    ]
    others[0].click().run()
    assert fixed.calls == ["Q?", "What did Ann *Lee* say about trams?"]


def test_nothing_is_offered_where_there_is_nothing(fixed: _Fixed, ask_page: AppTest) -> None:
    fixed.reply = _reply(instead=Instead("No statement.", "Okafor", "trams"))
    page = _asked(ask_page)
    assert not page.expander
    assert "Who spoke" not in shown_html(page)


def test_sources_that_disagree_stand_side_by_side(fixed: _Fixed, ask_page: AppTest) -> None:
    sides = (_answer("16 October"), _answer("$41 million"))
    fixed.reply = _reply(*sides, _answer("nine weeks"), disagreement=Disagreement(sides))
    page = _asked(ask_page)
    shown = shown_html(page)
    assert "Sources here give different answers. None of them is shown as the right one." in shown
    columns = ["\n".join(e.proto.body for e in column.get("html")) for column in page.columns]
    with_words = [text for text in columns if "blockquote" in text]
    assert ["16 October</blockquote>" in text for text in with_words] == [True, False]
    assert ["41 million</blockquote>" in text for text in with_words] == [False, True]
    assert [box.label[:5] for box in page.expander] == ["\\[1\\]", "\\[2\\]", "\\[3\\]"]
    assert [box.proto.expanded for box in page.expander] == [True, True, False]


def test_answers_of_one_mind_are_not_said_to_differ(fixed: _Fixed, ask_page: AppTest) -> None:
    fixed.reply = _reply(_answer("16 October"), _answer("nine weeks"))
    page = _asked(ask_page)
    assert "different answers" not in shown_html(page)
    assert [box.proto.expanded for box in page.expander] == [True, False]
