"""Errors a user can cause. Each message says what happened and what to do."""


class OnRecordError(Exception):
    """Base of every failure that is shown to the user as one plain sentence."""


class SourceError(OnRecordError):
    """A file, page or feed could not be read as articles."""


class LibraryError(OnRecordError):
    """The library folder is missing, damaged, or not usable as asked."""


class LibraryMismatchError(LibraryError):
    """The library was built with another embedder, chunking or schema than is set now."""


class ArticleNotFoundError(LibraryError):
    """No article of the library has this id."""


class CursorError(OnRecordError):
    """A list is to go on from a place that no page of it gave."""


class ModelError(OnRecordError):
    """A reader or embedder could not be loaded."""


class QuestionError(OnRecordError):
    """The question cannot be asked as it stands."""


class TokenError(OnRecordError):
    """A token of the HTTP API cannot be made, removed or looked up."""


class SettingsError(OnRecordError):
    """A setting is unknown or has an impossible value."""


class AccessError(OnRecordError):
    """Somebody may not do what was asked for, or cannot be let in as things are set."""


def first_line(error: Exception) -> str:
    """Return what an error says, in one line without the full stop."""
    return str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else type(error).__name__
