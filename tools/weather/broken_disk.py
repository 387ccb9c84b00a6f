"""A disk that fails when it is asked to: a library loaded before the system's own, compiled into a temporary folder."""

import errno
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.weather.calls import Unexpected

_SOURCE = r"""
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* The error that the control file demands for calls of this kind on files of a database; 0 for none. */
static int demanded(char kind, int fd)
{
    char order[16] = {0}, name[64], path[4096] = {0};
    int control = syscall(SYS_openat, AT_FDCWD, getenv("STORM_CONTROL"), O_RDONLY);
    if (control < 0) return 0;
    ssize_t got = syscall(SYS_read, control, order, sizeof order - 1);
    syscall(SYS_close, control);
    if (got < 2 || order[0] != kind) return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    if (readlink(name, path, sizeof path - 1) < 0 || !strstr(path, ".sqlite3")) return 0;
    return atoi(order + 1);
}

#define FAIL(kind, fd) do { int e = demanded(kind, fd); if (e) { errno = e; return -1; } } while (0)

ssize_t pwrite(int fd, const void *data, size_t size, off_t at)
{ FAIL('w', fd); return syscall(SYS_pwrite64, fd, data, size, at); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at)
{ FAIL('w', fd); return syscall(SYS_pwrite64, fd, data, size, at); }
ssize_t write(int fd, const void *data, size_t size)
{ FAIL('w', fd); return syscall(SYS_write, fd, data, size); }
ssize_t pread(int fd, void *data, size_t size, off_t at)
{ FAIL('r', fd); return syscall(SYS_pread64, fd, data, size, at); }
ssize_t pread64(int fd, void *data, size_t size, off64_t at)
{ FAIL('r', fd); return syscall(SYS_pread64, fd, data, size, at); }
ssize_t read(int fd, void *data, size_t size)
{ FAIL('r', fd); return syscall(SYS_read, fd, data, size); }
int fsync(int fd)
{ FAIL('f', fd); return syscall(SYS_fsync, fd); }
int fdatasync(int fd)
{ FAIL('f', fd); return syscall(SYS_fdatasync, fd); }
"""

KINDS = {
    "a full disk": f"w{errno.ENOSPC}",
    "errors of writing": f"w{errno.EIO}",
    "errors of fsync": f"f{errno.EIO}",
    "errors of reading": f"r{errno.EIO}",
}
"""What the library is asked for: the kind of call, and the number of its error."""


class BrokenDisk:
    """Compiled once; whatever is started with `environ` meets the failures."""

    def __init__(self, folder: Path) -> None:
        compiler = shutil.which("cc")
        if compiler is None:
            raise Unexpected("a C compiler is needed: apt-get install gcc libc6-dev")
        (folder / "disk.c").write_text(_SOURCE)
        library = folder / "disk.so"
        command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(folder / "disk.c")]
        subprocess.run(command, check=True, capture_output=True)
        self._control = folder / "control"
        self.environ = {"LD_PRELOAD": str(library), "STORM_CONTROL": str(self._control)}

    @contextmanager
    def failing(self, kind: str) -> Iterator[None]:
        """The disk fails in one of the ways of KINDS during the block."""
        draft = self._control.with_suffix(".draft")
        draft.write_text(KINDS[kind])
        draft.rename(self._control)
        try:
            yield
        finally:
            self._control.unlink()
