"""How fast this processor multiplies matrices: the best that any library at hand reaches, by kind of number."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

INT8, FLOAT32, BFLOAT16 = "int8", "float32", "bfloat16"
# Tall enough to fill every core, small enough to stay in the cache: what is reached here is what the units can do.
LARGE = ((512, 512, 512), (1024, 1024, 1024), (256, 1536, 1536))
_LEAST_TIMES, _LEAST_SECONDS = 10, 0.5

Shape = tuple[int, int, int]  # rows, inner, columns


@dataclass(frozen=True, slots=True)
class Rate:
    """The best rate at one shape, in 10^9 multiplications and additions a second, and what reached it."""

    kind: str
    shape: Shape
    gops: float
    library: str


def best_rates(shape: Shape, threads: int, seconds: float = _LEAST_SECONDS) -> dict[str, Rate]:
    """Return the best rate of each kind at a shape, by the shortest of many calls, as other work makes them longer."""
    rates: dict[str, Rate] = {}
    for kind, library, multiply in _ways(shape, threads):
        gops = operations(shape) / shortest(multiply, seconds) / 1e9
        if kind not in rates or gops > rates[kind].gops:
            rates[kind] = Rate(kind, shape, gops, library)
    return rates


def limits(threads: int, seconds: float = _LEAST_SECONDS, shapes: tuple[Shape, ...] = LARGE) -> dict[str, Rate]:
    """Return the best rate of each kind over some large shapes."""
    found = [best_rates(shape, threads, seconds) for shape in shapes]
    return {kind: max((rates[kind] for rates in found), key=lambda rate: rate.gops) for kind in found[0]}


def operations(shape: Shape) -> int:
    """Return the multiplications and additions of a product."""
    rows, inner, columns = shape
    return 2 * rows * inner * columns


def shortest(
    work: Callable[[], object], seconds: float = _LEAST_SECONDS, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Return the seconds by a clock of the shortest call, of at least ten and for at least so many seconds."""
    work()
    best, end, times = float("inf"), time.perf_counter() + seconds, 0
    while times < _LEAST_TIMES or time.perf_counter() < end:
        started = clock()
        work()
        best, times = min(best, clock() - started), times + 1
    return best


def _ways(shape: Shape, threads: int) -> Iterator[tuple[str, str, Callable[[], object]]]:
    """Yield every way to multiply: kind of number, library and function, and the call."""
    import torch

    rows, inner, columns = shape
    draw = np.random.default_rng(0)
    unsigned = draw.integers(0, 255, (rows, inner), np.uint8)
    signed = draw.integers(-127, 127, (inner, columns), np.int8)
    left = draw.standard_normal((rows, inner), np.float32)
    right = draw.standard_normal((inner, columns), np.float32)

    torch.set_num_threads(threads)
    one, other = torch.from_numpy(unsigned.astype(np.int8) // 2), torch.from_numpy(signed)
    yield INT8, "ONNX Runtime MatMulInteger", _onnx("MatMulInteger", unsigned, signed, threads)
    yield INT8, "PyTorch _int_mm", lambda: torch._int_mm(one, other)
    wide, wider = torch.from_numpy(left), torch.from_numpy(right)
    yield FLOAT32, "ONNX Runtime MatMul", _onnx("MatMul", left, right, threads)
    yield FLOAT32, "PyTorch mm", lambda: torch.mm(wide, wider)
    half, halved = wide.bfloat16(), wider.bfloat16()
    yield BFLOAT16, "PyTorch mm", lambda: torch.mm(half, halved)


def _onnx(operator: str, left: Any, right: Any, threads: int) -> Callable[[], object]:  # noqa: ANN401 - arrays
    """Return a call of ONNX Runtime that multiplies by a constant, as models do."""
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    kinds = {"uint8": TensorProto.UINT8, "float32": TensorProto.FLOAT}
    output = TensorProto.INT32 if operator == "MatMulInteger" else TensorProto.FLOAT
    graph = helper.make_graph(
        [helper.make_node(operator, ["left", "right"], ["product"])],
        "product",
        [helper.make_tensor_value_info("left", kinds[left.dtype.name], left.shape)],
        [helper.make_tensor_value_info("product", output, (left.shape[0], right.shape[1]))],
        [numpy_helper.from_array(right, "right")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return lambda: session.run(None, {"left": left})
