import re
from decimal import Decimal

import pytest

from tests.app.conftest import Command

WORDS = ["--scale", "1/1000", "--until", "2019-06"]


@pytest.fixture(scope="module")
def identities(longjiang: Command) -> list[str]:
    found = longjiang("worker", *WORDS)
    assert found.exit_code == 0
    return re.findall(r"^ +(\d+) ", found.stdout, re.MULTILINE)


@pytest.mark.parametrize("place", [0, 1])  # all paid to the person; a school paid for the person
def test_a_biography_names_steps_payments_and_clauses(
    longjiang: Command, identities: list[str], place: int
) -> None:
    identity = identities[place]
    result = longjiang("worker", identity, *WORDS)

    assert result.exit_code == 0, result.output
    assert identity in result.stdout.splitlines()[0]
    paid = re.findall(r"^\d{4}-\d{2}  领到\S+ ([0-9,.]+) 元", result.stdout, re.MULTILINE)
    total = re.findall(r"^ *合计 +\d+ +([0-9,.]+) *$", result.stdout, re.MULTILINE)
    assert paid
    assert sum(Decimal(p.replace(",", "")) for p in paid) == Decimal(total[0].replace(",", ""))
    to_person = re.findall(r"领到\S+ ([0-9,.]+) 元（\S+，付给职工）", result.stdout)
    own, others = re.findall(
        r"付给本人 ([0-9,.]+) 元，付给机构或单位 ([0-9,.]+) 元", result.stdout
    )[0]
    assert Decimal(own.replace(",", "")) == sum(Decimal(p.replace(",", "")) for p in to_person)
    assert Decimal(own.replace(",", "")) + Decimal(others.replace(",", "")) == Decimal(
        total[0].replace(",", "")
    )
    assert (Decimal(others.replace(",", "")) > 0) == (place == 1)
    assert re.search(r"（(第\d+条|先前规定)，付给", result.stdout)


def test_an_unknown_worker_is_answered(longjiang: Command) -> None:
    result = longjiang("worker", 5, *WORDS, "--lang", "en")

    assert result.exit_code == 2
    assert "no worker 5" in result.stderr
    assert result.stdout == ""
