"""Where PyTorch computes."""

import shutil
from importlib.util import find_spec
from pathlib import Path


def torch_device() -> str:
    """Return ``cuda`` where PyTorch was installed with CUDA and finds a GPU, else ``cpu``.

    An empty ``CUDA_VISIBLE_DEVICES`` in the environment hides a GPU from it.
    """
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def gpu_at_hand(*packages: str) -> bool:
    """Return whether PyTorch can use a GPU and these packages are there too.

    PyTorch takes seconds to import, so it is asked only on a machine with a driver of NVIDIA.
    """
    driver = shutil.which("nvidia-smi") or Path("/dev/nvidiactl").exists()
    return bool(driver) and all(find_spec(package) for package in ("torch", *packages)) and torch_device() == "cuda"
