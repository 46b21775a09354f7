"""The command ``python -m qa check-quote``. Its JSON is a contract: keys are only ever added."""

import argparse
import json
import sys
from typing import Any

from index.commandline import add_filters, chosen_filters
from index.errors import QuestionError
from index.open import open_library
from index.settings import load_settings, location
from qa.check_quote import check_quote
from qa.contract import citation_json
from qa.quote_plain import plain_check
from qa.quote_records import Place, QuoteCheck


def add_check_quote(commands: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse keeps the type to itself
    """Add the command to a parser's subparsers and return its parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "check-quote", help="find out whether a quotation is verbatim, altered, somebody else's or not there"
    )
    parser.add_argument("quotation", help='the words; "-" reads them from standard input')
    parser.add_argument("--speaker", default="", metavar="NAME", help="who is said to have said it")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON line")
    add_filters(parser)
    parser.add_argument("--library", type=location, metavar="DIR", help="folder or address of the library")
    return parser


def check_quote_command(options: argparse.Namespace) -> int:
    """Check one quotation; return the exit code.

    Raises:
        LibraryError: There is no library, or it is damaged.
        QuestionError: There are no words to check, or too many.
    """
    settings = load_settings(library=options.library)
    quotation = _standard_input() if options.quotation == "-" else options.quotation
    # Neither models nor vectors are needed, so it is of no account which ones are set.
    with open_library(settings.library, settings=settings, check=False) as library:
        check = check_quote(library, quotation, options.speaker, chosen_filters(options))
    sys.stdout.write((json.dumps(check_json(check), ensure_ascii=False) if options.json else plain_check(check)) + "\n")
    return 0


def _standard_input() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise QuestionError(f"The quotation on standard input is not text in {error.encoding}. Convert it.") from error


def check_json(check: QuoteCheck) -> dict[str, Any]:
    """Return the result as the JSON object that docs/json.md describes."""
    searched = check.searched
    return {
        "quotation": check.quotation,
        "asked_speaker": check.speaker,
        "status": check.status.value,
        "exact": check.exact,
        "share_kept": round(check.share_kept, 4),
        "similarity": round(check.similarity, 4),
        "spliced": check.spliced,
        "pieces": [{"kind": piece.kind.value, "text": piece.text} for piece in check.pieces],
        "weighty": list(check.weighty),
        "places": [_place_json(place) for place in check.places],
        "sources": check.sources,
        "theirs": _place_json(check.theirs) if check.theirs else None,
        "searched": {
            "articles": searched.articles,
            "publications": list(searched.publications),
            "first": searched.first.isoformat() if searched.first else None,
            "last": searched.last.isoformat() if searched.last else None,
        },
    }


def _place_json(place: Place) -> dict[str, Any]:
    return {
        **citation_json(place),
        "spans": [list(span) for span in place.spans],
        "speaker": place.speaker,
        "role": place.role,
        "kind": place.kind.value if place.kind else None,
        "quoted": place.quoted,
        "speaker_fits": place.speaker_fits,
        "copy": place.copy,
    }
