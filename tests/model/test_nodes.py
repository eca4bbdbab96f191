"""YAML to nodes: places, limits and every fault, with and without the compiled parser."""

import pytest

from model.nodes import MAX_NODES, Mapping, Sequence, Text, UnreadableError, compose, tree

both_parsers = pytest.mark.parametrize("fast", [True, False], ids=["compiled", "python"])

TEXT = """\
# a comment
标题: {zh: 降薪, en: "Pay, cut"}
on: off
𠀀: 017   # beyond the basic plane
list:
  - 'it''s'
  - |
    two
    lines
nothing:
"""


@both_parsers
def test_every_node_knows_its_place_and_scalars_stay_text(fast):
    root = compose(TEXT, fast=fast)
    assert isinstance(root, Mapping)
    found = {key.text: (key.line, key.column, value) for key, value in root.pairs}
    title = found["标题"][2]
    assert (title.line, title.column) == (2, 5)
    assert [(k.text, v.text, v.line, v.column, v.quoted) for k, v in title.pairs] == [
        ("zh", "降薪", 2, 10, False),
        ("en", "Pay, cut", 2, 18, True),
    ]
    assert found["on"] == (3, 1, Text(3, 5, "off", False))
    assert found["𠀀"] == (4, 1, Text(4, 4, "017", False))
    listed = found["list"][2]
    assert isinstance(listed, Sequence)
    assert listed.items == (Text(6, 5, "it's", True), Text(7, 5, "two\nlines\n", True))
    assert found["nothing"] == (10, 1, Text(10, 1, "", False))


@both_parsers
@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_endings_and_a_byte_order_mark_change_nothing(fast, ending):
    assert compose("\ufeff" + TEXT.replace("\n", ending), fast=fast) == compose(TEXT, fast=fast)


@both_parsers
@pytest.mark.parametrize(
    ("text", "key", "line", "column"),
    [
        ("", "file.empty", 1, 1),
        ("# only a comment\n", "file.empty", 1, 1),
        ("---\n", "file.empty", 1, 1),
        ("a: [1, 2\nb: 3\n", "yaml.bracket", 2, 2),
        ("a: 1\nb: {c: [1, 2}\n", "yaml.bracket", 2, 13),
        ("a: 1\nb: {c: [1, 2\n", "yaml.unclosed", 2, 8),
        ("a: 1\nb: 'open\n", "yaml.quote", 2, 4),
        ('a: "open\n\n', "yaml.quote", 1, 4),
        ("a: 1\n\tb: 2\n", "yaml.tab", 2, 1),
        ("a:\n\tb: 2\n", "yaml.tab", 2, 1),
        ("a: 1  \t# two\n", "yaml.tab", 1, 7),
        ("a: b: c\n", "yaml.colon", 1, 5),
        ("a: 1\n  b: 2\n", "yaml.colon", 2, 4),
        ("a: - 1\n", "yaml.dash", 1, 4),
        ("a: 1\n- b\n", "yaml.indent", 2, 1),
        ("a: 'x' y\n", "yaml.indent", 1, 8),
        ('a: "\\q"\n', "yaml.escape", 1, 6),
        ("a: @x\n", "yaml.character", 1, 4),
        ("a: `x`\n", "yaml.character", 1, 4),
        ("标题：降薪\na: 1\n", "yaml.full_width", 2, 2),
        ("a: 1\nb: *c\n", "yaml.alias", 2, 4),
        ("a: &c 1\n", "yaml.alias", 1, 4),
        ("a: &c [1]\n", "yaml.alias", 1, 4),
        ("a: !!int 3\n", "yaml.tag", 1, 4),
        ("a: !x {b: 1}\n", "yaml.tag", 1, 4),
        ("a: !!python/object:os.system [ls]\n", "yaml.tag", 1, 4),
        ("? [a]\n: b\n", "yaml.key", 1, 3),
        ("'': b\n", "yaml.key", 1, 1),
        ("a: 1\n---\nb: 2\n", "yaml.documents", 2, 1),
        ("%YAML 1.1\n---\na: 1\n", "yaml.directive", 1, 1),
        ("a: 1\nb: x\x01\n", "yaml.control", 2, 5),
        ("a: 1\nb\u2028c: 1\n", "yaml.control", 2, 2),
        ("a: x\ufeffy\n", "yaml.control", 1, 5),
        ("a: \ud800\n", "yaml.control", 1, 4),
    ],
)
def test_a_fault_is_named_at_its_place(fast, text, key, line, column):
    with pytest.raises(UnreadableError) as found:
        compose(text, fast=fast)
    assert (found.value.key, found.value.line, found.value.column) == (key, line, column)


@both_parsers
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[{a: "])
def test_depth_is_refused_where_it_goes_too_deep_however_deep_the_rest(fast, opening):
    with pytest.raises(UnreadableError) as found:
        compose(opening * 5_000, fast=fast)
    assert found.value.key == "yaml.depth"
    assert found.value.line == 1
    assert found.value.column <= 13 * len(opening)


@both_parsers
def test_twelve_levels_are_read_and_thirteen_are_not(fast):
    compose("[" * 12 + "]" * 12, fast=fast)
    with pytest.raises(UnreadableError, match=r"1:13 yaml\.depth"):
        compose("[" * 13 + "]" * 13, fast=fast)


def test_an_alias_bomb_is_refused_at_its_first_anchor():
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 9)]
    with pytest.raises(UnreadableError, match=r"1:5 yaml\.alias"):
        compose("l0: &l0 [x]\n" + "\n".join(levels))


def test_more_parts_than_the_limit_are_refused():
    text = "\n".join(f"k{n}: 1" for n in range(MAX_NODES))
    with pytest.raises(UnreadableError, match=r"yaml\.nodes"):
        compose(text)


def test_python_values_make_the_tree_of_a_file():
    made = tree({"a": 1, "b": [True, 0.5, "x"], "c": {"d": None}})
    assert made == Mapping(
        1,
        1,
        (
            (Text(1, 1, "a", False), Text(1, 1, "1", False)),
            (
                Text(1, 1, "b", False),
                Sequence(
                    1,
                    1,
                    (Text(1, 1, "on", False), Text(1, 1, "0.5", False), Text(1, 1, "x", True)),
                ),
            ),
            (
                Text(1, 1, "c", False),
                Mapping(1, 1, ((Text(1, 1, "d", False), Text(1, 1, "", False)),)),
            ),
        ),
    )


def test_python_values_that_no_file_could_hold_are_refused():
    endless: dict[str, object] = {}
    endless["again"] = endless
    for value, key in [
        (endless, "yaml.depth"),
        ({1: 2}, "yaml.key"),
        ({"a": object()}, "yaml.python"),
        ({"a": [0] * (MAX_NODES + 1)}, "yaml.nodes"),
        ({"a": "x\x00"}, "yaml.control"),
    ]:
        with pytest.raises(UnreadableError) as found:
            tree(value)
        assert found.value.key == key
    assert len(tree(10**5_000).text) == 100
