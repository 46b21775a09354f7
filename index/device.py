"""Where PyTorch computes."""


def torch_device() -> str:
    """Return ``cuda`` where PyTorch was installed with CUDA and finds a GPU, else ``cpu``.

    An empty ``CUDA_VISIBLE_DEVICES`` in the environment hides a GPU from it.
    """
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"
