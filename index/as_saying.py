"""Who is quoted by somebody else: "The Star quoted the mayor as saying", "Penn was quoted by the Star as saying"."""

import re
from collections.abc import Iterator

from index.subjects import subject_before

AS_SAYING = re.compile(
    r"(?P<passive>\b(?:was|were|is|are|been)\s+)?\b(?:quoted|quotes|cited|cites|citing|quoting)\s+"
    r"(?P<whom>[^,;:“”]{2,80}?\s)?as\s+"
    r"(?:saying|stating|writing|telling\s[^,;:“”]{2,40}?(?=\sthat\b|:))(?:\s+that\b)?"
)
_SUBJECTS = {"him": "he", "her": "she", "them": "they"}


def as_saying(sentence: str) -> Iterator[tuple[int, int, str, str, str]]:
    """Yield start, end, subject, apposition and cue of each place where a masked sentence quotes somebody so."""
    for match in AS_SAYING.finditer(sentence):
        whom = (match["whom"] or "").strip()
        if not match["passive"] and whom:
            yield match.start("whom"), match.end(), _SUBJECTS.get(whom, whom), "", match[0]
        elif match["passive"] and (subject := subject_before(sentence, match.start())):
            yield subject[0], match.end(), subject[1], subject[2], match[0]
