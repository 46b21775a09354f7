"""Follow-ups that keep an earlier question behind them: "How much was that? (What did the bridge cost?)"."""

import re

_POINTING = re.compile(r"^(?P<outer>[^?]*)\? \((?P<base>.*)\)$")


def behind(question: str, base: str) -> str:
    """Return a question with an earlier one behind it.

    >>> behind("How much was that?", "What did the bridge cost?")
    'How much was that? (What did the bridge cost?)'
    """
    return f"{without_mark(question)}? ({base})"


def parted(question: str) -> tuple[str, str]:
    """Return what is asked, without its mark, and the earlier question behind it; "" for that where there is none."""
    pointing = _POINTING.match(question)
    return (pointing["outer"], pointing["base"]) if pointing else (without_mark(question), "")


def without_mark(question: str) -> str:
    """Return a question without its mark."""
    return question.strip().rstrip("?").rstrip()
