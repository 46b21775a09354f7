"""A reader that learns from a larger one, which numbers its word pieces otherwise."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import torch

from training.__main__ import main
from training.attention import fuse
from training.config import Recipe
from training.data import Batch, Features, load_features
from training.loss import span_loss
from training.score import BATCH_TOKENS, SCORES, load_scores
from training.train import load_model
from training.vocabulary import translate

SPECIAL = {"[CLS]": "<s>", "[PAD]": "<pad>", "[SEP]": "</s>", "[MASK]": "<mask>"}


@pytest.fixture(scope="module")
def tiny_mpnet(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A two-layer MPNet with the word pieces of ``tiny_model`` in another order."""
    from transformers import AutoTokenizer, MPNetConfig, MPNetForQuestionAnswering, MPNetTokenizer

    folder = tmp_path_factory.mktemp("mpnet")
    pieces = [SPECIAL.get(piece, piece) for piece in AutoTokenizer.from_pretrained(tiny_model).get_vocab()]
    pieces = ["<s>", "<pad>", "</s>", *sorted(set(pieces) - {"<s>", "<pad>", "</s>"})]
    MPNetTokenizer(vocab={piece: number for number, piece in enumerate(pieces)}).save_pretrained(folder)
    torch.manual_seed(1)
    config = MPNetConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=66,
    )
    MPNetForQuestionAnswering(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def taught_config(tiny_config: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("config") / "taught.toml"
    text = tiny_config.read_text("utf-8").replace("epochs = 2", "epochs = 12\nteacher_share = 0.5\ntemperature = 2.0")
    teacher = (
        "[teacher]",
        "learning_rate = 5e-3",
        "batch_tokens = 200",
        "max_tokens = 40",
        "epochs = 12",
        "dropout = 0.1",
    )
    path.write_text(text + "\n".join(teacher), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def prepared(tiny_model: Path, tiny_data: Path, taught_config: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    where = ["--config", str(taught_config), "--start", str(tiny_model)]
    assert main(["prepare", str(tiny_data), str(folder), *where]) == 0
    return folder


def test_a_reader_is_trained_by_what_its_teacher_scored(
    prepared: Path,
    taught_config: Path,
    tiny_model: Path,
    tiny_mpnet: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    config = ["--config", str(taught_config)]
    student = ["train", str(prepared), str(tmp_path / "run"), *config, "--start", str(tiny_model)]
    assert main(student) == 2
    assert f"python -m training score {prepared} TEACHER" in capsys.readouterr().err

    teacher = tmp_path / "teacher"
    start = ["--start", str(tiny_mpnet), "--teacher", "--export", str(teacher)]
    assert main(["train", str(prepared), str(tmp_path / "teaching"), *config, *start]) == 0
    assert json.loads((teacher / "config.json").read_text())["model_type"] == "mpnet"
    assert main(["score", str(prepared), str(teacher)]) == 0
    assert "the teacher finds" in capsys.readouterr().out
    scores = np.load(prepared / SCORES)
    assert scores.shape == (len(load_features(prepared / "features.npz").tokens), 2)
    assert np.isfinite(scores).all()

    assert main([*student, "--export", str(tmp_path / "reader")]) == 0
    assert json.loads((tmp_path / "reader" / "config.json").read_text())["model_type"] == "bert"


def test_scoring_goes_on_with_what_is_missing(
    prepared: Path, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BATCH_TOKENS, "cpu", 100)
    folder = tmp_path / "prepared"
    folder.mkdir()
    for file in prepared.iterdir():
        if file.name != SCORES:
            (folder / file.name).write_bytes(file.read_bytes())
    assert main(["score", str(folder), str(tiny_model)]) == 0
    whole = np.load(folder / SCORES)
    part = whole.copy()
    features = load_features(folder / "features.npz")
    part[: features.ends[0]] = np.nan
    part[features.ends[0] :] = 1.0  # stays, since it is there
    np.save(folder / SCORES, part)
    with pytest.raises(ValueError, match="score' again"):
        load_scores(folder, features)
    assert main(["score", str(folder), str(tiny_model)]) == 0
    again = load_scores(folder, features)
    assert np.allclose(again[: features.ends[0]], whole[: features.ends[0]], atol=0.05)
    assert (again == 1.0).mean() > 0.5


def test_windows_are_numbered_anew_and_keep_their_words(tiny_model: Path, tiny_mpnet: Path) -> None:
    from transformers import AutoTokenizer

    bert, mpnet = AutoTokenizer.from_pretrained(tiny_model), AutoTokenizer.from_pretrained(tiny_mpnet)
    tokens = np.array(bert("when did the harbor open ?", "the harbor opened on monday .")["input_ids"], dtype=np.int32)
    features = Features(
        tokens=tokens,
        ends=np.array([len(tokens)]),
        labels=np.array([[8, 12, 12]], dtype=np.int32),
        taught=np.ones(1, bool),
    )
    moved = translate(features, bert, mpnet)
    assert moved.pad == mpnet.pad_token_id != bert.pad_token_id
    words = [SPECIAL.get(word, word) for word in bert.convert_ids_to_tokens(tokens)]
    assert mpnet.convert_ids_to_tokens(moved.tokens) == words
    assert translate(features, bert, bert).tokens is tokens


def test_other_word_pieces_are_refused(tiny_model: Path) -> None:
    from transformers import AutoTokenizer, BertTokenizer

    bert = AutoTokenizer.from_pretrained(tiny_model)
    other = BertTokenizer(vocab={"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "mond": 5})
    features = Features(
        tokens=np.zeros(1, np.int32), ends=np.array([1]), labels=np.zeros((1, 3), np.int32), taught=np.ones(1, bool)
    )
    with pytest.raises(ValueError, match="5 of the 78 word pieces"):
        translate(features, bert, other)


def test_fused_attention_gives_what_mpnet_gives(tiny_mpnet: Path) -> None:
    model = load_model(tiny_mpnet).eval()
    tokens = torch.tensor([[0, 5, 6, 2, 7, 8, 9, 2], [0, 5, 2, 7, 2, 1, 1, 1]])
    inputs = {"input_ids": tokens, "attention_mask": (tokens != 1).long()}
    with torch.inference_mode():
        expected = model(**inputs)
        fuse(model)
        fused = model(**inputs)
    real = inputs["attention_mask"] == 1
    assert torch.allclose(expected.start_logits[real], fused.start_logits[real], atol=1e-5)
    assert not torch.allclose(expected.start_logits[real], torch.zeros(()), atol=1e-3)


class _Fixed:
    """A model that gives the same logits whatever it reads."""

    def __init__(self, starts: list[list[float]], ends: list[list[float]]) -> None:
        self.config = object()
        self.start_logits, self.end_logits = torch.tensor(starts), torch.tensor(ends)

    def __call__(self, **_inputs: object) -> "_Fixed":
        return self


def _batch(teacher: npt.NDArray[np.float16], taught: list[bool]) -> Batch:
    """As many windows of three tokens as ``taught`` has flags, the second token the answer."""
    shape = (len(taught), 3)
    ones, second = torch.ones(shape, dtype=torch.int64), torch.ones(len(taught), dtype=torch.int64)
    return Batch(ones, ones, ones == 1, second, second, torch.tensor(taught), torch.from_numpy(teacher))


def test_the_loss_is_shared_between_labels_and_teacher() -> None:
    batch = _batch(np.array([[[2.0, 0.0], [0.0, 2.0], [0.0, 0.0]]], np.float16), [True])

    def loss(model: _Fixed, share: float, temperature: float = 1.0) -> float:
        return span_loss(model, batch, Recipe(teacher_share=share, temperature=temperature)).item()

    same = _Fixed([[2.0, 0.0, 0.0]], [[0.0, 2.0, 0.0]])
    assert loss(same, 1.0) == pytest.approx(0.0, abs=1e-6)
    even = _Fixed([[0.0] * 3], [[0.0] * 3])
    labels = loss(even, 0.0)
    assert labels == pytest.approx(np.log(3))
    weights = np.exp([2.0, 0.0, 0.0]) / np.exp([2.0, 0.0, 0.0]).sum()
    distance = float((weights * np.log(weights * 3)).sum())
    assert loss(even, 1.0) == pytest.approx(distance, rel=1e-5)
    assert loss(even, 0.25) == pytest.approx(0.75 * labels + 0.25 * distance, rel=1e-5)
    soft = np.exp([1.0, 0.0, 0.0]) / np.exp([1.0, 0.0, 0.0]).sum()
    assert loss(even, 1.0, 2.0) == pytest.approx(4 * float((soft * np.log(soft * 3)).sum()), rel=1e-5)


def test_a_window_that_is_not_taught_counts_by_its_label_alone() -> None:
    nothing = np.full((1, 3, 2), np.nan)
    batch = _batch(np.concatenate([np.zeros((1, 3, 2)), nothing]).astype(np.float16), [True, False])
    even = _Fixed([[0.0] * 3] * 2, [[0.0] * 3] * 2)
    loss = span_loss(even, batch, Recipe(teacher_share=1.0)).item()
    assert loss == pytest.approx((0.0 + np.log(3)) / 2)


def test_windows_that_are_not_taught_are_not_scored(tiny_model: Path, tiny_data: Path, tmp_path: Path) -> None:
    config = tmp_path / "mixed.toml"
    source = '[[source]]\nfile = "questions.jsonl.xz"\n'
    config.write_text(f"seed = 3\n{source}{source}taught = false\nas_is = true\n[train]\nmax_tokens = 40\nstride = 4\n")
    prepared = tmp_path / "prepared"
    where = ["--config", str(config), "--start", str(tiny_model)]
    assert main(["prepare", str(tiny_data), str(prepared), *where]) == 0
    features = load_features(prepared / "features.npz")
    assert features.taught.tolist() == [True] * 36 + [False] * 36
    assert main(["score", str(prepared), str(tiny_model)]) == 0
    scored = ~np.isnan(load_scores(prepared, features)).any(axis=1)
    assert scored.tolist() == np.repeat(features.taught, features.lengths).tolist()
