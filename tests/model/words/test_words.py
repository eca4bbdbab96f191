"""Catalogues: the same keys and places in both languages, and a name for every code."""

import string

import pytest

from model import codes
from model.ledger import Account
from model.words import (
    FOLDER,
    LANGUAGES,
    MissingWordError,
    both,
    catalogue,
    has,
    label,
    read_catalogue,
    text,
)

CODES = sorted(
    {
        "all",
        *codes.REGIONS,
        *codes.SECTORS,
        *codes.OWNERSHIPS,
        *codes.LEVELS,
        *codes.STATUSES,
        *(branch.name for branch in codes.BRANCHES),
        *codes.SIZE_CLASSES,
        *codes.TRADES,
        *codes.INSTITUTION_TYPES,
        *codes.BANDS,
        *(account.name.lower() for account in Account),
    }
)


def places(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_both_catalogues_hold_the_same_keys():
    assert set(catalogue("zh")) == set(catalogue("en"))


def test_every_group_of_words_stands_in_both_languages():
    groups = {
        lang: {p.name.split(".")[0] for p in FOLDER.glob(f"*.{lang}.yaml")} for lang in LANGUAGES
    }
    assert groups["zh"] == groups["en"]


def test_a_message_has_the_same_places_in_both_languages():
    different = {
        key for key, said in catalogue("zh").items() if places(said) != places(catalogue("en")[key])
    }
    assert different == set()


def test_no_answer_to_a_wrong_file_is_empty_and_chinese_is_chinese():
    groups = ("input.", "yaml.", "file.", "topic.", "scenario.", "code.")
    answers = [key for key in catalogue("zh") if key.startswith(groups)]
    assert len(answers) > 100
    assert [key for key in answers for lang in LANGUAGES if not catalogue(lang)[key].strip()] == []
    plain = [k for k in answers if not any("\u4e00" <= c <= "\u9fff" for c in catalogue("zh")[k])]
    assert plain == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_a_name(lang):
    assert [code for code in CODES if not label(code, lang)] == []
    named = [label(code, lang) for code in codes.REGIONS + codes.LEVELS]
    assert len(set(named)) == len(named)


def test_a_message_is_filled_in():
    assert text("input.missing", "en", name="rate") == "rate is missing; add it"
    assert both("input.missing", name="rate")["zh"] == "缺少 rate；请补上"
    assert label("qitaihe", "zh") == "七台河"


@pytest.mark.parametrize(
    ("key", "lang", "fields"),
    [("no.such", "en", {}), ("input.missing", "en", {}), ("input.missing", "fr", {"name": "x"})],
)
def test_a_missing_word_is_an_error_of_ours(key, lang, fields):
    with pytest.raises(MissingWordError):
        text(key, lang, **fields)


def test_has_tells_whether_both_languages_know_a_key():
    assert has("input.missing")
    assert not has("no.such")


def test_a_key_given_twice_is_refused(tmp_path):
    (tmp_path / "a.en.yaml").write_text("x: {y: one}\n")
    (tmp_path / "b.en.yaml").write_text("x.y: two\n")
    with pytest.raises(ValueError, match=r"x\.y is given twice"):
        read_catalogue(tmp_path, "en")
