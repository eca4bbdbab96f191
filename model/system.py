"""What the operating system answers when it refuses something, in words."""

import errno

from model.words import both

_KEYS = {
    errno.ENOSPC: "space",
    errno.EDQUOT: "space",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "read_only",
    errno.ENAMETOOLONG: "long",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "no_folder",
    errno.EEXIST: "exists",
    errno.EBUSY: "busy",
    errno.EIO: "disk",
}


def said_of(error: OSError | ValueError, *, named: bool = True) -> dict[str, str]:
    """Why the system refused, by language, with the file it is about where it names one.

    Not ``named``: without that file, where the message tells it anyhow. A ``ValueError`` is a name
    that no file can have.
    """
    if not isinstance(error, OSError):
        return both("system.name")
    key = _KEYS.get(error.errno or 0)
    reason = error.strerror or type(error).__name__
    said = both(f"system.{key}") if key else both("system.other", said=reason)
    if error.filename is None or not named:
        return said
    return {lang: f"{error.filename}: {words}" for lang, words in said.items()}
