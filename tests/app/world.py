"""The articles and questions that the fake engine knows."""

from datetime import date

from index.records import ParagraphKind
from tests.app.fakes import FakeEngine, FakeLibrary, article

BRIDGE = article(
    "bridge",
    "Harbour bridge to close for nine weeks",
    [
        ("Workers inspect the bridge on Monday. (Harbour Times)", ParagraphKind.CAPTION),
        "The Harbour Bridge will close to all traffic on 16 October, the city said on Monday.",
        "“We waited too long, and now the steel decides for us,” said Mayor Ruth Okafor, asking for patience.",
        "The work costs $41 million and is to last nine weeks.",
        ("Subscribe to the morning letter.", ParagraphKind.BOILERPLATE),
    ],
)
FERRY = article(
    "ferry",
    "Ferry runs later while the bridge is shut",
    [
        "The last ferry will leave at 1 a.m. while the bridge is closed.",
        "The work costs $41 million and is to last nine weeks.",
    ],
    publication="Quay Post",
    published=date(2023, 10, 22),
    authors=(),
    url="",
)
HOSTILE_TITLE = "<b>Bold</b> **stars** $5 and $6 [x](javascript:alert(1)) :red[r] `c`"
HOSTILE_WORDS = "<script>window.hacked = 1</script> paid $5 and $6 for **stars** at [x](javascript:alert(1))"
HOSTILE = article(
    "hostile",
    HOSTILE_TITLE,
    [HOSTILE_WORDS],
    publication="<i>Evil</i> *Post*",
    authors=("_A_ <u>B</u>",),
    url="javascript:alert(1)",
)

WHEN = "When does the bridge close?"
SAID = "What did Okafor say about the steel?"
COST = "How much does the work cost?"
PAID = "Who paid <b>$5</b> and $6?"
UNKNOWN = "Who won the regatta?"


def engine() -> FakeEngine:
    """Return an engine that holds the three articles and can answer four questions."""
    return FakeEngine(
        library=FakeLibrary({a.id: a for a in (BRIDGE, FERRY, HOSTILE)}),
        words={
            WHEN: ("bridge", "16 October", ""),
            SAID: ("bridge", "We waited too long, and now the steel decides for us", "Ruth Okafor"),
            COST: ("bridge", "$41 million", ""),
            PAID: ("hostile", HOSTILE_WORDS, "_A_ <u>B</u>"),
        },
        interpreted={COST: "How much does the work on the Harbour Bridge cost?"},
    )
