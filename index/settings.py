"""All settings, in one class. Priority: command line, ``ONRECORD_*``, ``onrecord.toml``, defaults."""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import SettingsError as UnreadableError

from index.errors import SettingsError, first_line

BUNDLED = "bundled"
PREFIX = "ONRECORD_"
TOML_FILE = Path("onrecord.toml")
MILVUS = "milvus://"


def shown(where: Path | str) -> str:
    """Return where a library is as it may be told: without a password."""
    before, at, after = str(where).rpartition("@")
    return f"{MILVUS}{after}" if at and before.startswith(MILVUS) else str(where)


def named(where: object) -> object:
    """Return what names a file or folder; ``Path`` would take an empty name for the present folder.

    Raises:
        ValueError: It is empty, such as a variable that is not set.
    """
    if isinstance(where, str) and not where.strip():
        raise ValueError("It names nothing")
    return where


def location(where: str | Path) -> Path | str:
    """Return where a library is: a folder, or the address of a server, which begins with milvus://.

    Raises:
        ValueError: It is empty.
    """
    named(where)
    return where if isinstance(where, str) and where.startswith(MILVUS) else Path(where)


class Settings(BaseSettings):
    """What can be set. Each field is described where it is declared, and in the README."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, toml_file=TOML_FILE, extra="forbid", frozen=True)

    library: Annotated[Path | str, BeforeValidator(location)] = Field(
        default=Path("library"), description="Folder of the library, or `milvus://host:port[/database]` (docs/scale.md)"
    )
    embedder: str = Field(default=BUNDLED, description="Sentence-transformers model: 'bundled', a folder or a hub name")
    reader: str = Field(default=BUNDLED, description="Extractive reader: 'bundled', a folder or a hub name")
    chunk_tokens: int = Field(default=200, ge=32, le=480, description="Longest passage, in word pieces of the embedder")
    chunk_overlap: int = Field(
        default=40, ge=0, le=200, description="Word pieces a passage may repeat from the one before"
    )
    candidates: int = Field(default=50, ge=1, le=1000, description="Passages each of the two searches proposes")
    passages_read: int = Field(default=10, ge=1, le=200, description="Passages the reader reads for one question")
    prefer_recent: bool = Field(default=False, description="Whether newer articles rank higher unless a question says")
    half_life_days: float = Field(
        default=30.0, gt=0.0, le=36500.0, description="Days after which half of that preference for an article is gone"
    )
    min_probability: float = Field(
        default=0.285,
        ge=0.0,
        le=1.0,
        description="Least probability at which an answer is given instead of 'No article here…'",
    )
    max_file_mb: int = Field(
        default=100, ge=1, le=4096, description="Largest file that is read, in MB, also inside archives"
    )
    max_unpacked_mb: int = Field(
        default=2000, ge=1, le=100_000, description="Most that all files of an archive unpack to, in MB"
    )
    max_archive_files: int = Field(default=100_000, ge=1, le=10_000_000, description="Most files in an archive")
    max_archive_depth: int = Field(
        default=2, ge=1, le=10, description="Archives and mails that may lie in one another and are still read"
    )
    max_article_characters: int = Field(
        default=1_000_000, ge=1000, le=100_000_000, description="Longest article that is added, in characters"
    )
    max_pdf_pages: int = Field(default=2000, ge=1, le=100_000, description="Most pages of a PDF")
    max_file_seconds: float = Field(
        default=8.0, gt=0.0, le=3600.0, description="Most processor time for reading one article, in seconds"
    )
    max_fetch_seconds: float = Field(
        default=60.0, gt=0.0, le=3600.0, description="Most time for fetching one web address, in seconds"
    )
    allow_private_addresses: bool = Field(
        default=False, description="Whether addresses of the own network and of this machine may be fetched"
    )
    threads: int = Field(default=0, ge=0, le=256, description="Threads the models use; 0 for one per core")
    auth: Literal["none", "password", "oidc"] = Field(
        default="none", description="How users of the app sign in: 'none' serves this machine only"
    )
    accounts: Annotated[Path, BeforeValidator(named)] = Field(
        default=Path("accounts.json"), description="File of the accounts, for 'password'"
    )
    idle_minutes: int = Field(
        default=120, ge=1, le=10_080, description="Minutes without a click after which one has to sign in again"
    )
    oidc_claim: str = Field(default="email", description="Claim of 'oidc' that tells who is who, such as 'groups'")
    oidc_readers: tuple[str, ...] = Field(
        default=(), description="Values of that claim whose bearers may read; '@paper.example' for all its addresses"
    )
    oidc_editors: tuple[str, ...] = Field(default=(), description="Values of that claim whose bearers may also edit")
    import_folder: Annotated[Path | None, BeforeValidator(named)] = Field(
        default=None, description="The only folder of this machine that articles are added from in the app"
    )
    api_per_minute: int = Field(
        default=300, ge=1, le=1_000_000, description="Requests a minute that the HTTP API takes of one token"
    )
    api_seconds: float = Field(default=30.0, gt=0.0, le=3600.0, description="Seconds after which it gives up a request")
    api_waiting: int = Field(default=32, ge=1, le=10_000, description="Requests that may wait before it refuses more")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources: command line (init), environment, file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**overrides: Any) -> Settings:  # noqa: ANN401 - values are checked by pydantic
    """Read the settings; ``overrides`` come from the command line and win.

    Raises:
        SettingsError: A value is impossible or a key unknown; names key, value and where to look.
    """
    given = {key: value for key, value in overrides.items() if value is not None}
    for variable in os.environ:
        if variable.startswith(PREFIX) and variable.removeprefix(PREFIX).lower() not in Settings.model_fields:
            raise SettingsError(f"{variable} is no setting. There are: {', '.join(Settings.model_fields)}.")
    try:
        return Settings(**given)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        why = first_line(error)
        raise SettingsError(f"{TOML_FILE} is not valid TOML in UTF-8: {why}. Mend it, or move it away.") from error
    except UnreadableError as error:
        raise SettingsError(f'A list in {PREFIX}… must be JSON, such as \'["a", "b"]\': {error}.') from error
    except ValidationError as error:
        raise SettingsError(_refused(error.errors()[0], given)) from error


def _refused(first: ErrorDetails, given: dict[str, Any]) -> str:
    key = ".".join(str(part) for part in first["loc"])
    origin = _origin(key, given)
    if first["type"] == "extra_forbidden":
        return f"'{key}' = {first['input']!r} ({origin}) is no setting. There are: {', '.join(Settings.model_fields)}."
    return f"Setting '{key}' = {first['input']!r} ({origin}): {first['msg']}. Set another value, or leave it out."


def _origin(key: str, given: dict[str, Any]) -> str:
    if key in given:
        return "from the command line"
    variable = f"{PREFIX}{key.upper()}"
    return f"from {variable}" if variable in os.environ else f"from {TOML_FILE}"
