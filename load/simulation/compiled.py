"""How simulation code is compiled: plain Python functions by numba, kept from one run to the next.

With NUMBA_DISABLE_JIT=1 in the environment the same functions run as the Python they are written in.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar, cast

import numba
from numba.core import config

F = TypeVar("F", bound=Callable[..., object])


def _keep_compiled() -> bool:
    """Whether machine code can be kept in the user's cache directory.

    numba looks at the file of the outermost function only; the directory is named after all files of this room, so
    that a change in any of them compiles anew.
    """
    digest = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    try:
        base = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        folder = Path(base, "dialtest", f"simulation-{digest.hexdigest()[:16]}")
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # nowhere to write, or nobody's home
        return False
    config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]  # made from the environment when numba loads
    return os.access(folder, os.W_OK)


_KEEP = _keep_compiled()


def compiled(function: F) -> F:
    """Compile a function when it is first called. It may use numbers, arrays and tuples of them, and makes no arrays:
    so nobody counts who holds them (`_nrt`), and all becomes one piece of code: that is thrice as fast.
    """
    compiler = numba.njit(  # type: ignore[call-overload]  # _nrt has no type
        cache=_KEEP, error_model="numpy", forceinline=True, _nrt=False
    )
    return cast(F, compiler(function))
