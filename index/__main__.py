"""The library on the command line: ``python -m index add PATH... --library DIR`` and what looks after it."""

try:
    import argparse
    import json
    import logging
    import sys
    import time
    from collections import Counter
    from collections.abc import Callable, Sequence
    from dataclasses import asdict
    from pathlib import Path

    from index.audit import this_user
    from index.audit_command import add_audit, audit_command
    from index.commandline import add_filters, chosen_filters
    from index.errors import OnRecordError
    from index.export_command import export_command
    from index.library import Library
    from index.open import folder_of, open_library
    from index.pickles import refuse_pickles
    from index.progress import progress_bar, write_line
    from index.records import AddResult, AddStatus, ArticleSummary, LibraryStats, Version
    from index.settings import Settings, load_settings, location, shown
    from index.sources.given import is_address, read_given
    from index.terminal import end_output, harmless, harmless_output
except KeyboardInterrupt:  # what is imported takes a moment, in which Ctrl-C is as good as later
    raise SystemExit(130) from None

_FEW = 50
_TOLD_ALWAYS = (AddStatus.FAILED, AddStatus.REPLACED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0, 1 where it failed, 2 where it was asked for wrongly."""
    try:
        logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
        logging.getLogger("index.prepare").setLevel(logging.CRITICAL)  # its failures are lines of the report
        logging.getLogger("index.upgrade").setLevel(logging.INFO)  # takes minutes for a large library
        options = _parser().parse_args(arguments)
        settings = load_settings(library=options.library)
        with harmless_output():
            return int(options.command(options, settings))
    except OnRecordError as error:
        sys.stderr.write(f"{harmless(str(error))}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. What was reported is in the library.\n")
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): no more can be written, not even at exit.
        end_output()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="Fill a library with articles; look after it.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[..., int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.add_argument(
            "--library", type=location, metavar="DIR", help="folder or address of the library (default: the setting)"
        )
        sub.set_defaults(command=run)
        return sub

    add = command("add", _add, "Add articles from files, folders, archives and web addresses.")
    add.add_argument("paths", nargs="+", metavar="PATH", help="file, folder or http(s) address")
    add.add_argument("--ray", metavar="ADDRESS", help="on the workers of this Ray cluster; 'local' for one of its own")
    add.add_argument("--verbose", action="store_true", help="report every article, however many there are")
    listing = command("list", _list, "List the articles, newest first.")
    listing.add_argument("--search", default="", metavar="WORDS", help="only articles with these words")
    add_filters(listing)
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    show = command("show", _show, "Show one article.")
    show.add_argument("id", help="its id, or the first characters of it")
    show.add_argument("--json", action="store_true", help="all that is known of it as JSON")
    remove = command("remove", _remove, "Remove articles; nothing is answered from them any more.")
    remove.add_argument("ids", nargs="+", metavar="ID")
    command("verify", _verify, "Check that everything in the library fits together.")
    command("rebuild", _rebuild, "Make all passages and vectors again with the present settings.")
    export = command("export", export_command, "Write all articles as JSON lines, which `add` reads.")
    export.add_argument("--output", type=Path, metavar="FILE", help="instead of standard output")
    backup = command("backup", _backup, "Write a verified copy of the library to a new folder, also while it is used.")
    backup.add_argument("to", type=Path, metavar="DEST", help="folder that is not there yet")
    restoring = command("restore", _restore, "Put the articles of a backup into the library.")
    restoring.add_argument("backup", type=Path, metavar="SRC", help="folder of a backup, or of any library")
    restoring.add_argument("--replace", action="store_true", help="instead of the articles that the library holds")
    command("stats", _stats, "Count articles, passages and publications.")
    add_audit(command("audit", audit_command, "List who added, replaced or removed which article, oldest first."))
    return parser


def _add(options: argparse.Namespace, settings: Settings) -> int:
    if options.ray:
        return _add_with_ray(options, settings)
    from index.sources import count_items

    files = [Path(path) for path in options.paths if path.strip() and not is_address(path)]
    expected = count_items(files) if files else 0
    total = None if expected is None else expected + len(options.paths) - len(files)
    told = None if options.verbose or (total is not None and total <= _FEW) else _TOLD_ALWAYS
    counts: Counter[AddStatus] = Counter()
    begun = time.monotonic()
    with (
        open_library(settings.library, settings=settings, create=True) as library,
        progress_bar(total) as bar,
    ):
        for result in library.add(read_given(options.paths, settings), this_user("command")):
            counts[result.status] += 1
            if told is None or result.status in told:
                write_line(_report(result))
            bar.update(1)
        held = library.stats()
        library.settle()
    return _sum_up(counts, time.monotonic() - begun, held, settings)


def _add_with_ray(options: argparse.Namespace, settings: Settings) -> int:
    from index.ray_adding import add_with_ray

    counts: Counter[AddStatus] = Counter()
    begun = time.monotonic()
    for done in add_with_ray(options.paths, options.ray, settings):
        counts += done.counts
        for result in done.told:
            write_line(_report(result))
        write_line(f"{counts.total()} articles done in {time.monotonic() - begun:.0f} s.")
    with open_library(settings.library, settings=settings, check=False) as library:
        held = library.stats()
    return _sum_up(counts, time.monotonic() - begun, held, settings)


def _sum_up(counts: Counter[AddStatus], seconds: float, held: LibraryStats, settings: Settings) -> int:
    numbers = ", ".join(f"{counts[status]} {status.value}" for status in AddStatus)
    write_line(f"{numbers} in {seconds:.1f} s ({counts.total() / max(seconds, 1e-9):.1f} articles/s).")
    write_line(f"The library {shown(settings.library)} holds {held.articles} articles in {held.chunks} passages.")
    return 1 if counts[AddStatus.FAILED] == counts.total() else 0


def _report(result: AddResult) -> str:
    name = f"{result.title} [{result.source}]" if result.title else result.source
    about = f": {result.reason}" if result.reason else ""
    return f"{result.status.value:13}  {result.article_id:16}  {name}{about}"


def _list(options: argparse.Namespace, settings: Settings) -> int:
    summary = None
    with open_library(settings.library, settings=settings, check=False) as library:
        for summary in library.iter_articles(chosen_filters(options), options.search):
            sys.stdout.write((_json(asdict(summary)) if options.json else _summary_line(summary)) + "\n")
    if summary is None and not options.json:
        sys.stderr.write("No articles.\n")
    return 0


def _summary_line(summary: ArticleSummary) -> str:
    day = summary.published.isoformat() if summary.published else "no date   "
    return f"{summary.id}  {day}  {summary.publication or '-'}  {summary.title or summary.source}"


def _show(options: argparse.Namespace, settings: Settings) -> int:
    with open_library(settings.library, settings=settings, check=False) as library:
        article = library.article(options.id)
        versions = library.versions(article.id)
    if options.json:
        sys.stdout.write(_json(asdict(article) | {"versions": [asdict(v) for v in versions]}, indent=2) + "\n")
        return 0
    day = article.published.isoformat() if article.published else ""
    head = (article.title, article.deck, article.publication, ", ".join(article.authors), day, article.url, article.id)
    history = _version_lines(article.id, versions) if len(versions) > 1 else []
    sys.stdout.write("\n".join(filter(None, (*head, *history))) + f"\n\n{article.text}\n")
    return 0


def _version_lines(shown: str, versions: Sequence[Version]) -> list[str]:
    """Say which version is shown, and list all of them, newest first; the oldest is number 1."""
    numbers = {version.id: len(versions) - place for place, version in enumerate(versions)}
    (this,) = [version for version in versions if version.id == shown]
    fate = f"replaced on {this.replaced_at:%Y-%m-%d}" if this.replaced_at else "the one that is answered from"
    lines = [f"Version {numbers[shown]} of {len(versions)}, {fate}. The others:"]
    others = (version for version in versions if version.id != shown)
    return lines + [f"  {numbers[v.id]}  {v.id}  added {v.added_at:%Y-%m-%d}  {v.title}" for v in others]


def _remove(options: argparse.Namespace, settings: Settings) -> int:
    failed = False
    with open_library(settings.library, settings=settings, check=False) as library:
        for article_id in options.ids:
            try:
                sys.stdout.write(f"removed  {library.remove(article_id, this_user('command'))}\n")
            except OnRecordError as error:
                sys.stderr.write(f"{harmless(str(error))}\n")
                failed = True
    return int(failed)


def _verify(options: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001
    with open_library(settings.library, settings=settings, check=False) as library:
        problems = library.verify()
        held = library.stats() if not problems else None
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    if held:
        sys.stdout.write(f"Nothing is wrong: {held.articles} articles, {held.chunks} passages.\n")
    return int(bool(problems))


def _rebuild(options: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001
    begun = time.monotonic()
    with open_library(settings.library, settings=settings, check=False) as library:
        with progress_bar(library.stats().articles) as bar:
            done = 0

            def move(now: int, of: int) -> None:
                nonlocal done
                bar.total = of
                bar.update(now - done)
                done = now

            library.rebuild(move)
        held = library.stats()
        library.settle()
    seconds = time.monotonic() - begun
    sys.stdout.write(f"{held.articles} articles in {held.chunks} passages, made again in {seconds:.1f} s.\n")
    return 0


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    instead = "Back it up with the tools of Milvus, or write its articles to a file: python -m index export"
    with Library.open(folder_of(settings.library, instead), settings=settings, check=False) as library:
        library.back_up(options.to)
    sys.stdout.write(f"The backup {options.to} is verified. It is a library itself: --library {options.to}\n")
    return 0


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    from index.backup import restore

    folder = folder_of(settings.library, "Add what `python -m index export` wrote to it: python -m index add FILE")
    articles = restore(options.backup, folder, options.replace)
    with Library.open(folder, settings=settings, check=False) as library:
        library.load_indexes()
    sys.stdout.write(f"The library {folder} holds the {articles} articles of {options.backup}.\n")
    return 0


def _stats(options: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001
    with open_library(settings.library, settings=settings, check=False) as library:
        held, publications = library.stats(), library.publications()
    span = f", {held.first} to {held.last}" if held.first else ""
    sys.stdout.write(f"{held.articles} articles, {held.chunks} passages{span}\n")
    for name, count in publications.items():
        sys.stdout.write(f"{count:7}  {name}\n")
    return 0


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, default=str)


if __name__ == "__main__":
    refuse_pickles()
    sys.exit(main())
