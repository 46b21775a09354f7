"""The bundled embedder, from the model that sentence-transformers publishes."""

import json
from pathlib import Path

from index.onnxfile import ONNX_FILE
from training.graph import check_config, vector_graph

# What all-MiniLM-L6-v2 was trained with: longer texts are cut.
MAX_TOKENS = 256


def export_embedder(start: Path, out: Path, *, int8: bool = True) -> int:
    """Write a BERT embedder with mean pooling as a folder for ONNX Runtime: graph with weights, and tokenizer.

    Args:
        start: The folder of the model, in the format of transformers or sentence-transformers.
        out: The folder to write; files in it are replaced.
        int8: Whether weights are rounded to eight bits; else they stay float32, to compare.

    Returns:
        Size of the model file in bytes.

    Raises:
        ValueError: It is no BERT.
    """
    import torch
    from tokenizers import Tokenizer
    from transformers import AutoConfig, AutoModel

    config = AutoConfig.from_pretrained(start)
    check_config(config)
    model = AutoModel.from_pretrained(start, dtype=torch.float32, use_safetensors=True, add_pooling_layer=False)
    weights = {name: values.numpy() for name, values in model.state_dict().items()}
    positions = "embeddings.position_embeddings.weight"
    weights[positions] = weights[positions][:MAX_TOKENS]
    out.mkdir(parents=True, exist_ok=True)
    data = vector_graph(config, weights, int8=int8).SerializeToString()
    (out / ONNX_FILE).write_bytes(data)
    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    limit = {"model_max_length": min(MAX_TOKENS, config.max_position_embeddings)}
    (out / "tokenizer_config.json").write_text(json.dumps(limit) + "\n", "utf-8")
    return len(data)
