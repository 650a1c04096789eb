"""Work on several processes: results in the order of the parts, the same as on one, and none left behind."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..course import Course, course

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

P = TypeVar("P")
R = TypeVar("R")
MOST = 8  # processes


def in_order(
    work: Callable[[P], R], parts: Sequence[P], most: int, workers: int | None = None
) -> Generator[R, None, None]:
    """What ``work`` makes of each part, in order.

    work: a function of a module, so that a process finds it. most: processes that would be of use. workers:
    those that are allowed, when not as many as there are processors. Where no process can be started, or one
    is ended from outside, the rest is done here. Every process has ended when this ends, also by Ctrl+C.

    >>> [*in_order(len, ["a", "bc"], most=1)]
    [1, 2]
    """
    wanted = min(most, len(parts), MOST, workers or _processors())
    made = 0
    if wanted > 1:
        with suppress(ImportError, OSError, NotImplementedError, RuntimeError), _pool(wanted) as pool:
            for result in _ahead(pool, work, parts, 2 * wanted):
                made += 1
                yield result
    yield from map(work, parts[made:])


def _processors() -> int:
    """Those that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that begin anew, as on every system they can, and are ended here."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    before = {*active_children()}
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(str(course().root),)
    )
    try:
        yield pool
    except BaseException:  # nobody waits for what they are at
        for process in {*active_children()} - before:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _ahead(pool: ProcessPoolExecutor, work: Callable[[P], R], parts: Sequence[P], ahead: int) -> Iterator[R]:
    """The results in order; only so many parts are handed out ahead that no process waits."""
    coming, waiting = iter(parts), deque["Future[R]"]()
    while True:
        with _interrupted_later():  # what is started here never hears of Ctrl+C: it is ended by us
            for part in islice(coming, ahead - len(waiting)):
                waiting.append(pool.submit(work, part))
        if not waiting:
            return
        yield waiting.popleft().result()


@contextmanager
def _interrupted_later() -> Iterator[None]:
    """Hold Ctrl+C back, here and in each process started meanwhile, on systems that can."""
    mask = getattr(signal, "pthread_sigmask", None)
    before = mask(signal.SIG_BLOCK, {signal.SIGINT}) if mask else None
    try:
        yield
    finally:
        if mask:
            mask(signal.SIG_SETMASK, before)


def _begin(root: str) -> None:
    """In a process, before its first part: the same course, deaf to Ctrl+C, gone when who started it is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    Course(Path(root)).in_use().__enter__()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)
