"""Ask from the command line: ``python -m qa ask "QUESTION" --library DIR``."""

try:
    import argparse
    import json
    import logging
    import sys
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from index.commandline import add_filters, chosen_filters
    from index.errors import OnRecordError, QuestionError, first_line
    from index.pickles import refuse_pickles
    from index.settings import load_settings, location
    from index.terminal import end_output, harmless, harmless_output
    from qa.check_quote_command import add_check_quote, check_quote_command
    from qa.contract import filters_from_json, reply_json
    from qa.engine import Engine
    from qa.plain import plain_text
    from qa.serve_command import add_serve, serve_command
    from qa.squad.commands import add_evaluate, evaluate_command
    from qa.statements_command import add_statements, statements_command
    from qa.tokens_command import add_tokens
    from qa.users_command import add_users, users_command
except KeyboardInterrupt:  # what is imported takes a moment, in which Ctrl-C is as good as later
    raise SystemExit(130) from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code: 0 done, 1 a failure told in one line, 2 wrong usage, 130 stopped."""
    try:
        options = _parser().parse_args(arguments)
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
        logging.getLogger("index.upgrade").setLevel(logging.INFO)  # takes minutes for a large library
        with harmless_output():
            return int(options.run(options))
    except OnRecordError as error:
        sys.stderr.write(f"{harmless(str(error))}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130
    except BrokenPipeError:  # the reader of our output, such as `head`, has what it wants
        end_output()
        return 0


def _ask(options: argparse.Namespace) -> int:
    engine = _open(options)
    filters = chosen_filters(options)
    reply = engine.ask(options.question, options.history, filters, options.top, options.recent, options.dates)
    _write(json.dumps(reply_json(reply), ensure_ascii=False) if options.json else plain_text(reply))
    return 0


def _open(options: argparse.Namespace) -> Engine:
    return Engine.open(load_settings(library=options.library))


def _batch(options: argparse.Namespace) -> int:
    engine = _open(options)
    for number, line in _questions(options.questions):
        recent = line.get("prefer_recent")
        try:
            filters = filters_from_json(line.get("filters"), chosen_filters(options))
            reply = engine.ask(
                line["question"], line.get("history") or (), filters, options.top,
                options.recent if recent is None else recent, options.dates,
            )  # fmt: skip
        except (QuestionError, ValueError) as error:
            raise QuestionError(f"{options.questions}, line {number}: {error}") from error
        question_id = line.get("id")
        _write(json.dumps(reply_json(reply, None if question_id is None else str(question_id)), ensure_ascii=False))
    return 0


def _questions(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read ``{id, question, history?, filters?, prefer_recent?}`` lines with their numbers; "-" is standard input."""
    try:
        text = sys.stdin.read().removeprefix("\ufeff") if str(path) == "-" else path.read_text("utf-8-sig")
    except OSError as error:
        why = f"{error.strerror}. Check its name and permissions."
        raise QuestionError(f"{path} cannot be read as questions: {why}") from error
    except UnicodeDecodeError as error:
        raise QuestionError(f"{path} cannot be read as questions: it is not UTF-8 ({error}). Convert it.") from error
    # splitlines() would also cut inside JSON strings, at U+2028.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError) as error:  # a number of thousands of digits; very many brackets
            why = error.msg if isinstance(error, json.JSONDecodeError) else first_line(error)
            raise QuestionError(f"{path}, line {number} is not JSON that can be read: {why}.") from error
        if not _is_line(entry):
            raise QuestionError(
                f"{path}, line {number} must be an object with a 'question' and, if there was one, a 'history' list; "
                "'prefer_recent' is true or false."
            )
        yield number, entry


def _is_line(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("question"), str):
        return False
    history, recent = value.get("history"), value.get("prefer_recent")
    listed = history is None or (isinstance(history, list) and all(isinstance(earlier, str) for earlier in history))
    return listed and (recent is None or isinstance(recent, bool))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa", description="Ask a library of articles.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", help="ask one question")
    ask.add_argument("question")
    ask.add_argument("--history", action="append", default=[], metavar="Q", help="earlier question, oldest first")
    ask.add_argument("--json", action="store_true", help="print the reply as one JSON line")
    ask.set_defaults(run=_ask)

    batch = commands.add_parser("batch", help="ask many questions: one JSON line each")
    batch.add_argument(
        "questions", type=Path, metavar="QUESTIONS.jsonl", help="lines {id, question, history?, filters?}"
    )
    batch.set_defaults(run=_batch)

    add_evaluate(commands).set_defaults(run=evaluate_command)
    add_statements(commands).set_defaults(run=statements_command)
    add_check_quote(commands).set_defaults(run=check_quote_command)
    add_users(commands).set_defaults(run=users_command)
    add_serve(commands).set_defaults(run=serve_command)
    add_tokens(commands)
    for command in (ask, batch):
        add_filters(command)
        command.add_argument(
            "--recent",
            action=argparse.BooleanOptionalAction,
            help="rank newer articles higher, or not (default: the setting prefer_recent)",
        )
        command.add_argument(
            "--no-dates",
            dest="dates",
            action="store_false",
            help='search the words of a time in the question ("last week"), but restrict nothing to it',
        )
        command.add_argument("--library", type=location, metavar="DIR", help="folder or address of the library")
        command.add_argument("--top", type=_count, default=3, metavar="N", help="answers at most (3)")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of at least 1")
    return int(text)


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    refuse_pickles()
    sys.exit(main())
