"""Do the slow half of some work in a thread of its own, a few batches ahead, while the caller does the other half."""

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Batch = TypeVar("Batch")

# One in the works and one waiting for it, so that the thread is never idle while the caller deals with what is done.
_AHEAD = 2


def ahead(
    batches: Iterable[Batch], work: Callable[[Batch], None], beside: Callable[[Batch], None]
) -> Generator[Batch, None, None]:
    """Yield each batch, in order, once ``work`` and ``beside`` are done with it.

    Only ``work`` leaves the caller's thread. Pure Python gains nothing from more threads, since one of them runs at a
    time, and sources and catalog are spared being used from several: so ``work`` should be what lets other threads
    run, such as a model.

    Closing the iterator ends the thread, which finishes the batch at hand and leaves the others.

    Args:
        batches: Read as they are needed: no more than two are ahead of the one that was yielded.
        work: Called in the thread, one batch at a time, in order. What it raises is raised when the batch is due.
        beside: Called meanwhile in the caller's thread with the same batch.
    """
    waiting: deque[tuple[Batch, Future[None]]] = deque()
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead")
    try:
        for batch in batches:
            waiting.append((batch, thread.submit(work, batch)))
            beside(batch)
            if len(waiting) == _AHEAD:
                yield _finished(*waiting.popleft())
        while waiting:
            yield _finished(*waiting.popleft())
    finally:
        thread.shutdown(cancel_futures=True)


def _finished(batch: Batch, future: Future[None]) -> Batch:
    future.result()
    return batch
