"""One decorator: a rule is plain Python for an agent and compiled code for the columns engine.

A rule decorated with :func:`scalar` takes and returns Python ints, floats and named tuples of
them. Called from Python it is the function itself; called from compiled code numba inlines it.
Without numba (the reference engine does not need it) the decorator leaves the function alone.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

try:
    from numba.extending import register_jitable

    _register: Callable[..., Any] | None = register_jitable
except ImportError:  # the reference engine runs without a compiler
    _register = None


def scalar(rule: F) -> F:
    """Return ``rule`` unchanged, known to the compiler where there is one."""
    if _register is not None:
        _register(error_model="numpy", no_cfunc_wrapper=True)(rule)
    return rule


COMPILED: dict[str, Callable[..., Any]] = {}  # by name of the function over arrays


def elementwise(plain: F) -> F:
    """A function over arrays that an engine with a compiler may do in one pass, bit for bit alike.

    ``plain`` says in numpy what is meant, and is what runs until the engine has put its own into
    ``COMPILED``.
    """
    name = plain.__name__

    @wraps(plain)
    def chosen(*given: Any) -> Any:
        return COMPILED.get(name, plain)(*given)

    return chosen  # type: ignore[return-value]
