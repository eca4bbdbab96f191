"""Breaking lines where Chinese may break: between characters, never inside a number or a band."""

import re

from rich.cells import cell_len

_OPENING = "（“‘《【"
_CLOSING = "，。；：！？、）”’》】"
_UNIT = r"(?: (?:[万亿]?(?:人次|人年|人月|元)|[\u4e00-\u9fff]))?"
_TOKEN = re.compile(
    rf"[{_OPENING}]*"
    rf"(?:[0-9.,+%\N{{MINUS SIGN}}-]+{_UNIT}|\[[^\[\]]{{1,60}}\]{_UNIT}|[\u2e80-\u9fff]"
    rf"|[^\s\u2e80-\u9fff{_OPENING}{_CLOSING}\[]+|\S)"
    rf"[{_CLOSING}]*"
    r"|\s+"
)


def wrap(said: str, width: int, hanging: str = "") -> list[str]:
    """Lines of at most ``width`` columns; later ones begin with ``hanging``."""
    lines, line = [], ""
    for token in _TOKEN.findall(said):
        if cell_len(line) + cell_len(token.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line = hanging + token.lstrip()
        else:
            line += token
    return [*lines, line.rstrip()]
