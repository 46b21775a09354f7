"""The virtual environment of the peers, apart from that of the project."""

import os
import subprocess
import venv
from pathlib import Path

from index.errors import OnRecordError

REQUIREMENTS = Path(__file__).resolve().parent.parent / "peers-requirements.txt"
_STAMP = "installed.txt"


def peers_python(folder: Path, requirements: Path = REQUIREMENTS) -> Path:
    """Return the Python of the environment in ``folder``, which is made where it is missing or not what is required.

    Raises:
        OnRecordError: Something could not be installed.
    """
    folder = folder.absolute()
    python, stamp = folder / "bin" / "python", folder / _STAMP
    wanted = requirements.read_text("utf-8")
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        venv.create(folder, clear=True, with_pip=True)
        command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "-q", "-r", str(requirements)]
        if subprocess.run(command, check=False).returncode:  # noqa: S603 - our own command
            raise OnRecordError(
                f"The other systems could not be installed into {folder}; pip says why above. Run this again once that "
                "is mended."
            )
        stamp.write_text(wanted, "utf-8")
    return python


def variables(threads: int) -> dict[str, str]:
    """Return the environment of a process that asks no hub and sends nobody what it does.

    Args:
        threads: Threads that PyTorch uses in it; 0 for one per core.
    """
    limited = {"OMP_NUM_THREADS": str(threads)} if threads else {}
    return os.environ | {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False", "DO_NOT_TRACK": "1"} | limited
