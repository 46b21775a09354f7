"""Dates beside words that name only a weekday, counted from the day of publication. No Streamlit, no markup."""

from datetime import date

from qa.article_days import days_beside
from qa.records import Citation
from ui import phrases


def of_answer(cited: Citation) -> str:
    """Return "Tuesday = 17 October 2023" for the days named in the sentences of an answer; "" where there are none."""
    before = cited.paragraph_start
    return beside(cited.paragraph, cited.start - before, cited.end - before, cited.published)


def beside(text: str, start: int, end: int, published: date | None) -> str:
    """Return the dates of the days named in the sentences in which ``text[start:end]`` lies, or ""."""
    return " · ".join(f"{told.words} = {phrases.day(told.day)}" for told in days_beside(text, start, end, published))


def explained(published: date | None) -> str:
    """Return what the dates are counted from."""
    return f"Counted from the day of publication, {phrases.day(published)}."
