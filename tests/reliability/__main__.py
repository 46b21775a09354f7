"""``python -m tests.reliability NAME …``: a module for each, which has ``add_arguments(parser)``, ``run(options)``."""

import argparse
import importlib
import sys

RUNS = {
    "sessions": "ask in browser sessions while another one adds articles, and measure the waits",
    "soak": "ask, add, replace, remove, rename and rebuild at once, and check every answer",
    "kill": "kill a process at random points of what it does to a library, and look what is left",
    "flips": "damage files of a library, bit by bit, and see that it never shows what was not written",
    "fuzz": "read made-up hostile files and texts, and check what comes of each",
}


def main() -> int:
    """Run what the command line names; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    commands = parser.add_subparsers(dest="name", required=True)
    modules = {name: importlib.import_module(f"tests.reliability.{name}") for name in RUNS}
    for name, module in modules.items():
        module.add_arguments(commands.add_parser(name, help=RUNS[name]))
    options = parser.parse_args()
    return int(modules[options.name].run(options))


if __name__ == "__main__":
    sys.exit(main())
