"""Files as they come: missing, binary, badly encoded, named in Chinese, and their answers."""

import os

import pytest

from model.nodes import MAX_BYTES
from model.reading import (
    Findings,
    InputError,
    InputErrors,
    Place,
    from_python,
    load,
    nearest,
    parse,
    short,
)


def refusal(path) -> InputError:
    with pytest.raises(InputErrors) as found:
        load(path)
    (error,) = found.value.errors
    return error


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty; write at least one field"),
        (b" \n\t\n", "the file is empty; write at least one field"),
        (b"\x00\x01\x02", "the file is not text; write YAML in UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "the file is not text; write YAML in UTF-8"),
        (b"a: \xff\xfe\xfd", "the file is not text; write YAML in UTF-8"),
        (b"PK\x03\x04\x14\x00", "the file is a workbook or an archive; write YAML in UTF-8"),
        ("title: 降薪".encode("gb18030"), "looks like GBK; save it as UTF-8"),
        ("title: x".encode("utf-16"), "the file is UTF-16; save it as UTF-8"),
        (b"a: " + b"x" * MAX_BYTES, "larger than 256 KiB; a file of this kind needs a few KiB"),
    ],
)
def test_what_is_not_a_text_file_is_answered_at_its_beginning(tmp_path, content, said):
    path = tmp_path / "wrong.yaml"
    path.write_bytes(content)
    error = refusal(path)
    assert (error.line, error.column) == (1, 1)
    assert str(error).startswith(f"{path}:1:1: ")
    assert str(error).endswith(said)
    assert error.text("zh") != error.text("en")


def test_a_missing_file_suggests_its_nearest_neighbour(tmp_path):
    (tmp_path / "降薪补助翻倍.yaml").write_text("a: 1", encoding="utf-8")
    error = refusal(tmp_path / "降薪补助翻翻.yaml")
    assert error.en == "there is no such file; did you mean 降薪补助翻倍.yaml?"
    assert error.zh == "没有这个文件；是否指 降薪补助翻倍.yaml？"
    error = refusal(tmp_path / "q.yaml")
    assert error.en == "there is no such file; check the name"
    error = refusal(tmp_path / "no_folder" / "q.yaml")
    assert error.en == "there is no such file; check the name"


def test_a_folder_a_device_and_an_impossible_name_are_answered(tmp_path):
    assert refusal(tmp_path).en == "this is a folder; name a file in it"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refusal(pipe).en == "this is neither a file nor a folder; name a file"
    assert refusal(tmp_path / ("x" * 5_000)).en.startswith("the file cannot be read (")


@pytest.mark.parametrize("name", ["方案 一.yaml", "a b.yaml", "ünïcode.yaml"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_names_with_chinese_and_spaces_marks_and_windows_endings_are_read(
    tmp_path, name, start, ending
):
    path = tmp_path / name
    path.write_bytes(f"{start}a: 1{ending}b: [x,{ending}  y]{ending}".encode())
    assert load(path) == parse("a: 1\nb: [x,\n  y]\n", "same")


def test_a_fault_of_syntax_is_answered_alone(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text("a: 1\na: 2\nb: [1\n", encoding="utf-8")
    assert str(refusal(path)) == f"{path}:3:4: the bracket opened here is never closed; close it"


def test_every_repeated_key_is_named_with_the_line_of_the_first():
    with pytest.raises(InputErrors) as found:
        parse("a: 1\nb: [{c: 1, c: 2}]\na: 3\na: 4\n", "f.yaml")
    assert found.value.text("en").splitlines() == [
        "f.yaml:2:12 b[1].c: the key was already given in line 2; keep one of them",
        "f.yaml:3:1 a: the key was already given in line 1; keep one of them",
        "f.yaml:4:1 a: the key was already given in line 1; keep one of them",
    ]


def test_errors_stand_in_the_order_of_lines_and_other_files_follow():
    findings = Findings("one.yaml")
    findings.add(Place(5, 2), "late", "input.empty")
    findings.take([InputError("two.yaml", 1, 1, "", "错", "wrong")])
    findings.unknown(Place(2, 1), "early", "retes", ["rates", "trigger"])
    with pytest.raises(InputErrors) as found:
        findings.finish()
    assert found.value.text("en").splitlines() == [
        "one.yaml:2:1 early: there is no retes; did you mean rates?",
        "one.yaml:5:2 late: nothing is written here; write a value or remove the field",
        "two.yaml:1:1: wrong",
    ]
    assert (
        found.value.text("zh").splitlines()[0] == "one.yaml:2:1 early: 没有 retes；是否指 rates？"
    )


def test_nothing_found_raises_nothing():
    Findings("one.yaml").finish()


def test_python_values_are_refused_as_a_file_would_be():
    with pytest.raises(InputErrors, match=r"<call>:1:1: a set cannot be written in a file"):
        from_python({"a": {1, 2}}, "<call>")


def test_a_wrong_value_is_shown_on_one_short_line():
    assert short("a\n b\t c") == "a b c"
    assert len(short("9" * 5_000)) == 41


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("wage_drop_subsidy.rates", "wage_drop_subsidy.rate"),
        ("Wage_Drop_Subsidy.Rate", "wage_drop_subsidy.rate"),
        ("zzzz", None),
        ("", None),
    ],
)
def test_the_nearest_name(given, expected):
    assert nearest(given, ["wage_drop_subsidy.rate", "education_levy.share"]) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "1:13: brackets or indentation go deeper than 12 levels"),
        ("- " * 100_000, "1:25: brackets or indentation go deeper than 12 levels"),
        ("{a: " * 60_000, "1:49: brackets or indentation go deeper than 12 levels"),
        ("- x\n" * 60_000, "19998:3: the file has more than 20000 parts"),
        ("a: '" + "x\n" * 120_000, "1:4: the quotation mark opened here is never closed"),
    ],
    ids=["brackets", "dashes", "braces", "lines", "quote"],
)
def test_a_hostile_file_is_refused_at_the_limit_it_breaks(text, said):
    with pytest.raises(InputErrors) as found:
        parse(text, "f.yaml")
    assert found.value.text("en").startswith(f"f.yaml:{said}")
