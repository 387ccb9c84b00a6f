"""The memory of this process, as glibc's allocator keeps it; elsewhere nothing happens."""

import ctypes
import gc
from typing import Final

_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
"""Constants of glibc's <malloc.h>."""

_MEBIBYTE: Final = 1024 * 1024
_LIBC: Final = ctypes.CDLL(None)


def keep_large_blocks() -> None:
    """Keep the 19 MiB of an expensive hash for the next one, in one arena for all threads: given back, each hash would
    have the system fill these pages with zeros anew, a third of its time.
    """
    if hasattr(_LIBC, "mallopt"):
        _LIBC.mallopt(_M_ARENA_MAX, 1)
        _LIBC.mallopt(_M_MMAP_THRESHOLD, 32 * _MEBIBYTE)
        _LIBC.mallopt(_M_TRIM_THRESHOLD, 64 * _MEBIBYTE)


def give_back() -> None:
    """Collect cycles that nobody uses, and give free memory back to the system."""
    gc.collect()
    if hasattr(_LIBC, "malloc_trim"):
        _LIBC.malloc_trim(0)
