"""How much is read of what a stranger may have made; each limit is a setting, which the error over it names."""

from dataclasses import dataclass

from index.errors import SourceError
from index.settings import Settings

MEGABYTE = 2**20  # as Streamlit counts uploads


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file, archive or web address may cost.

    Attributes:
        file_bytes: Most bytes of a file, also after unpacking (``max_file_mb``).
        unpacked_bytes: Most bytes that all files of an archive unpack to (``max_unpacked_mb``).
        archive_files: Most files in an archive (``max_archive_files``).
        archive_depth: Archives and mails that may lie in one another (``max_archive_depth``).
        article_characters: Most characters of an article (``max_article_characters``).
        pdf_pages: Most pages of a PDF (``max_pdf_pages``).
        file_seconds: Most processor time for reading one article, in seconds (``max_file_seconds``).
        fetch_seconds: Most time for a web address, in seconds (``max_fetch_seconds``).
        private_addresses: Whether addresses of the own network may be fetched (``allow_private_addresses``).
    """

    file_bytes: int = 100 * MEGABYTE
    unpacked_bytes: int = 2000 * MEGABYTE
    archive_files: int = 100_000
    archive_depth: int = 2
    article_characters: int = 1_000_000
    pdf_pages: int = 2000
    file_seconds: float = 8.0
    fetch_seconds: float = 60.0
    private_addresses: bool = False


def limits_of(settings: Settings) -> Limits:
    """Return the limits that are set."""
    return Limits(
        file_bytes=settings.max_file_mb * MEGABYTE,
        unpacked_bytes=settings.max_unpacked_mb * MEGABYTE,
        archive_files=settings.max_archive_files,
        archive_depth=settings.max_archive_depth,
        article_characters=settings.max_article_characters,
        pdf_pages=settings.max_pdf_pages,
        file_seconds=settings.max_file_seconds,
        fetch_seconds=settings.max_fetch_seconds,
        private_addresses=settings.allow_private_addresses,
    )


def too_large(limits: Limits) -> SourceError:
    """Make the error for a file over the limit."""
    return SourceError(
        f"It is larger than {round(limits.file_bytes / MEGABYTE, 1):g} MB (unpacked), the most that is read; "
        "raise max_file_mb to read it."
    )


def too_long(most: int) -> SourceError:
    """Make the error for an article of more than ``most`` characters."""
    return SourceError(
        f"The text has more than {most:,} characters, the most that an article may have; divide it into the articles "
        "it consists of, or raise max_article_characters."
    )
