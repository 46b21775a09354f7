"""Which folders of the server's machine may be read from the screen: who is far away must not look through its disk."""

from pathlib import Path

from index.errors import AccessError
from index.settings import load_settings
from ui.door import the_door


def allowed() -> bool:
    """Return whether folders of this machine can be added at all."""
    return the_door().settings.auth == "none" or load_settings().import_folder is not None


def label() -> str:
    """Return what is to be entered."""
    only = load_settings().import_folder
    return f"Folder or file in {only}" if only else "Folder or file on the computer On Record runs on"


def importable(typed: str) -> Path:
    """Return the path that was entered, where articles may be added from there.

    Raises:
        AccessError: It lies, or a link in it leads, outside of the import folder, or there is none.
    """
    only = load_settings().import_folder
    if only is None:
        if the_door().settings.auth == "none":
            return _at_home(typed)
        raise AccessError("No folder of this machine is open for adding. Upload the files, or set import_folder.")
    base = only.resolve()
    try:
        path = (base / typed).resolve()
        path.exists()  # raises for what no path can be
    except (OSError, ValueError, RuntimeError) as error:  # a null byte, a name that is too long, links in a circle
        raise AccessError(f"'{typed[:200]}' is no folder or file. Check the name.") from error
    # Links further down that lead out of the folder are not followed by whoever reads it.
    if not path.is_relative_to(base):
        raise AccessError(f"'{typed[:200]}' leads out of {only}, the only folder that articles are added from.")
    return path


def _at_home(typed: str) -> Path:
    """Return a path with "~" and "~ann" spelled out."""
    try:
        return Path(typed).expanduser()
    except RuntimeError as error:  # nobody here is called so
        raise AccessError(f"'{typed[:200]}' is no folder or file. Check the name.") from error
