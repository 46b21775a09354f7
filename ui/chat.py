"""The page where questions are asked and answered."""

import streamlit as st

from index.errors import OnRecordError
from index.records import Filters
from qa import plain
from ui import access, adding, conversation, escape, filtering, links, look, phrases, render, reply, scroll, sidebar
from ui.conversation import Turn
from ui.engine import EngineLike, get_engine, models_are_loading, show_error, wait_for_models

LONGEST_QUESTION = 1000


def show() -> None:
    """Show the conversation, and answer the question that has no answer yet."""
    look.apply()
    _masthead()
    engine = get_engine()
    try:
        stats = engine.library.stats(Filters())
    except OnRecordError as error:
        show_error(error)
        return
    turns = conversation.turns()
    filters, recent = sidebar.choices(engine.library, stats)
    question = st.chat_input(_placeholder(filters), key="question", max_chars=LONGEST_QUESTION, submit_mode="disable")
    if question and question.strip():
        turns.append(Turn(question.strip(), filters, prefer_recent=recent))
    st.html(render.note(f"In the library: {phrases.holdings(stats)}." if stats.articles else "The library is empty."))
    above = st.container()
    # Drawn first, so that nothing grows below an answer and pulls the page away from it.
    filtering.show_chosen(filters, "ask", recent)
    with above:
        if turns:
            _talk(engine, turns)
        elif stats.articles:
            _examples(engine, filters, recent)
        else:
            _greet_empty(engine)
    sidebar.conversation_tools(turns)


def _placeholder(filters: Filters) -> str:
    """Return the words in the empty field, which stays in view however far one has scrolled."""
    only = plain.restricted_to(filters)
    return f"Ask the articles a question ({only[:1].lower()}{only[1:]})" if only else "Ask the articles a question"


def _masthead() -> None:
    st.title("On Record", anchor=False)
    st.html(render.sentence("Ask the news articles in your library. The answer is their exact words, with the source."))


def _examples(engine: EngineLike, filters: Filters, recent: bool) -> None:
    try:
        questions = _example_questions(engine)
    except OnRecordError as error:
        show_error(error)
        return
    if not questions:
        return
    st.html(render.sentence("For example:"))
    for number, question in enumerate(questions):
        st.button(
            escape.label(question, 300),
            key=f"example-{number}",
            width="stretch",
            wrap=True,
            on_click=_ask,
            args=(Turn(question, filters, prefer_recent=recent),),
        )


def _example_questions(engine: EngineLike) -> list[str]:
    """Make the examples once for each state of the library: it takes a look into some articles."""
    generation = engine.library.generation
    kept: tuple[int, list[str]] | None = st.session_state.get("examples")
    if kept is None or kept[0] != generation:
        kept = st.session_state["examples"] = (generation, engine.examples())
    return kept[1]


def _ask(turn: Turn) -> None:
    conversation.turns().append(turn)


def _greet_empty(engine: EngineLike) -> None:
    if not access.may_edit():
        st.html(render.sentence("There is nothing to ask yet: an editor has to add articles first."))
        return
    job = adding.current()
    if job is None:
        st.html(
            render.sentence("Add some articles first: files, a folder, a web address or pasted text. Then ask away.")
        )
        with st.container(horizontal=True):
            if st.button("Add articles", type="primary", icon=":material/library_add:", key="to-library"):
                st.switch_page(links.library_page())
            if _has_samples() and st.button("Add the sample articles", icon=":material/newspaper:", key="samples"):
                adding.start_samples(engine.library)
                st.rerun()
    adding.show_progress()


def _has_samples() -> bool:
    return adding.SAMPLES.is_dir() and any(not path.name.startswith(".") for path in adding.SAMPLES.iterdir())


def _talk(engine: EngineLike, turns: list[Turn]) -> None:
    asked = turns[-1].pending
    for number, turn in enumerate(turns):
        with st.chat_message("user", avatar=":material/person:"):
            st.html(render.question(turn.question, newest=turn is turns[-1]))
        with st.chat_message("assistant", avatar=":material/format_quote:"):
            if turn.pending:
                _answer(engine, turn, turns[:number])
            if turn.error:
                show_error(turn.error)
            elif turn.reply:
                reply.show(engine.library, turn, number, newest=turn is turns[-1])
    if asked:
        scroll.into_view("newest")


def _answer(engine: EngineLike, turn: Turn, earlier: list[Turn]) -> None:
    if models_are_loading():
        with st.spinner("Loading models…"):
            wait_for_models()
    with st.spinner("Reading the articles…"):
        conversation.answer(engine, turn, earlier)
