"""All settings, in one class. Priority: command line, ``ONRECORD_*``, ``onrecord.toml``, defaults."""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from index.errors import SettingsError

BUNDLED = "bundled"
PREFIX = "ONRECORD_"
TOML_FILE = Path("onrecord.toml")
MILVUS = "milvus://"


def shown(where: Path | str) -> str:
    """Return where a library is as it may be told: without a password."""
    before, at, after = str(where).rpartition("@")
    return f"{MILVUS}{after}" if at and before.startswith(MILVUS) else str(where)


def location(where: str | Path) -> Path | str:
    """Return where a library is: a folder, or the address of a server, which begins with milvus://."""
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
        default=0.4,
        ge=0.0,
        le=1.0,
        description="Least probability at which an answer is given instead of 'No article here…'",
    )
    max_file_mb: int = Field(
        default=100, ge=1, le=4096, description="Largest file that is read, in MB, also inside archives"
    )
    threads: int = Field(default=0, ge=0, le=256, description="Threads the models use; 0 for one per core")

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
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{TOML_FILE} is not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"Setting '{key}' = {first['input']!r} ({_origin(key, given)}): {first['msg']}.") from error


def _origin(key: str, given: dict[str, Any]) -> str:
    if key in given:
        return "from the command line"
    variable = f"{PREFIX}{key.upper()}"
    return f"from {variable}" if variable in os.environ else f"from {TOML_FILE}"
