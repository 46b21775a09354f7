"""``python -m tests.reliability NAME`` runs a module by its name: ``add_arguments(parser)``, then ``run(options)``."""

import argparse
import importlib
import sys

RUNS = {
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
