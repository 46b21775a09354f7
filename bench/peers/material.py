"""What all systems are given: the same weights, articles, passages and questions."""

import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bench.peers.worker import Pairs
from bench.retrieval import unpacked
from index.article import article_from
from index.chunk import chunk_spans
from index.embed import EmbedderProtocol, passage_text
from index.errors import OnRecordError
from index.records import Draft
from index.settings import Settings
from index.sources import limits_of, read_paths


@dataclass(frozen=True, slots=True)
class Item:
    """An article for all systems: its text for those that cut it themselves, and ready-made passages."""

    title: str
    text: str
    source: str
    passages: tuple[str, ...]


def weights(folder: Path, work: Path) -> tuple[Path, Path]:
    """Return the folders of a reader's weights in 32 bits, which all systems load, and in eight, as this project does.

    Weights are mostly kept in 16 bits, in which some systems would compute, slowly, if they were given them so.

    Raises:
        OnRecordError: The folder holds no reader in transformers format.
    """
    import torch
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    wide, narrow = work.absolute() / "reader-float32", work.absolute() / "reader-int8"
    if not (folder / "model.safetensors").is_file():
        raise OnRecordError(f"{folder} holds no reader in transformers format; name one with --weights.")
    for made in (wide, narrow):
        shutil.rmtree(made, ignore_errors=True)
    AutoModelForQuestionAnswering.from_pretrained(folder, dtype=torch.float32, use_safetensors=True).save_pretrained(
        wide
    )
    AutoTokenizer.from_pretrained(folder).save_pretrained(wide)
    command = [sys.executable, "-m", "training", "quantize", str(folder), str(narrow)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    return wide, narrow


def items(files: Sequence[Path], count: int, embedder: EmbedderProtocol, settings: Settings) -> list[Item]:
    """Read ``count`` different articles and cut them as this project does.

    Raises:
        OnRecordError: The files hold fewer.
    """
    found: dict[str, Item] = {}
    with tempfile.TemporaryDirectory() as folder:
        paths = [unpacked(path, Path(folder)) for path in files]
        for draft in _drafts(paths, settings):
            article = article_from(draft)
            offsets = embedder.token_offsets(article.text)
            spans = chunk_spans(article, offsets, settings.chunk_tokens, settings.chunk_overlap)
            passages = tuple(passage_text(article.title, article.text[start:end]) for start, end in spans)
            if passages:
                found.setdefault(article.text, Item(draft.title, draft.text, draft.source, passages))
            if len(found) == count:
                return list(found.values())
    raise OnRecordError(f"There are {len(found)} articles in the data, not {count}; ask for fewer with --articles.")


def _drafts(paths: Sequence[Path], settings: Settings) -> Iterator[Draft]:
    for item in read_paths(paths, limits_of(settings)):
        if isinstance(item, Draft):
            yield item


def as_json(some: Sequence[Item]) -> list[dict[str, Any]]:
    """Return articles as workers are given them."""
    return [asdict(item) for item in some]


def news_pairs(questions: Path, count: int, some: Sequence[Item], passages: int) -> Pairs:
    """Return questions, each with ``passages`` passages drawn at random: which they are makes none slower."""
    draw = random.Random(0)  # noqa: S311 - sampling, not secrecy
    pool = [passage for item in some for passage in item.passages]
    with questions.open(encoding="utf-8") as lines:
        return [(json.loads(line)["question"], draw.sample(pool, passages)) for line in islice(lines, count)]
