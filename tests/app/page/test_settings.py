"""Settings of the server: nothing leaves the machine, nothing of the inside shows."""

import tomllib
from pathlib import Path

import pytest

from model.words import LANGUAGES, read_catalogue

APP = Path(__file__).parents[3] / "app"


def test_the_server_is_closed_to_the_outside() -> None:
    found = tomllib.loads((APP / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    assert found["browser"]["gatherUsageStats"] is False
    assert found["client"]["showErrorDetails"] == "none"
    server = found["server"]
    assert server["address"] == "127.0.0.1"
    assert server["maxUploadSize"] == 5
    assert (server["enableXsrfProtection"], server["enableCORS"]) == (True, True)
    assert server["enableStaticServing"] is False


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_names_no_address_of_the_network(lang: str) -> None:
    words = read_catalogue(APP.parent / "model" / "words", lang)

    assert [key for key, said in words.items() if key.startswith("page.") and "http" in said] == []
    for path in (APP / "pages").glob("*.py"):
        assert "http" not in path.read_text(encoding="utf-8")


def test_the_bundled_font_has_the_characters_of_the_page() -> None:
    from fontTools.ttLib import TTFont

    font = next((APP / "fonts").glob("*.otf"))
    known = set(TTFont(font).getBestCmap())
    said = "".join(read_catalogue(APP.parent / "model" / "words", "zh").values())

    assert {letter for letter in said if ord(letter) not in known and letter.isprintable()} == set()
    assert font.stat().st_size < 3_000_000
    assert "SIL OPEN FONT LICENSE" in (APP / "fonts" / "OFL.txt").read_text(encoding="utf-8")
