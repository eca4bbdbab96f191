"""Processes that live seeds side by side: they end with the process that started them.

However that one ends, even killed: a worker process keeps waiting for work for minutes and holds
its memory, its log and the far end of a pipe. So each watches whether its parent is there.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import joblib

LOOK = 0.2  # seconds between two looks at the parent
_watched: set[int] = set()  # parents that this process watches already


def delayed(call: Callable[..., Any]) -> Callable[..., Any]:
    """``joblib.delayed`` of a call whose process ends with this one."""
    found: Callable[..., Any] = joblib.delayed(partial(_called, os.getpid(), call))
    return found


def end_processes(*, at_once: bool = False) -> None:
    """End the processes that joblib keeps; ``at_once`` also in the middle of their work."""
    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor().shutdown(wait=True, kill_workers=at_once)


def _called(parent: int, call: Callable[..., Any], *words: Any, **named: Any) -> Any:
    if os.getpid() != parent and parent not in _watched:
        _watched.add(parent)
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    return call(*words, **named)


def _end_with(parent: int) -> None:
    """Wait until the parent is gone, then end this process, whatever it is doing."""
    if sys.platform == "win32":
        import _winapi

        synchronise = 0x00100000  # the right to wait for a process
        try:
            handle = _winapi.OpenProcess(synchronise, False, parent)
        except OSError:  # gone already
            os._exit(1)
        _winapi.WaitForSingleObject(handle, _winapi.INFINITE)
    else:
        while os.getppid() == parent:
            time.sleep(LOOK)
    os._exit(1)
