"""C7: between 1.5 and 2.5 % of payroll, 60 % of it for front-line staff, never public money."""

from hypothesis import given
from hypothesis import strategies as st

from model.instruments.channels import EnterpriseYearFacts
from model.instruments.education_levy import (
    INSTRUMENT,
    Compliance,
    Params,
    amount,
    compliance,
    for_frontline,
    set_aside,
)
from model.ledger import PUBLIC, Account
from model.months import month
from model.parameters.reader import all_topics

TOPIC = all_topics()["education_levy"]
P: Params = TOPIC.at(month(2018, 6))


def enterprise(payroll: int, rate: int, frontline: int = 600_000) -> EnterpriseYearFacts:
    known = dict.fromkeys(EnterpriseYearFacts._fields, 0) | {
        "month": month(2018, 6),
        "payroll_last_year": payroll,
        "set_aside_rate_ppm": rate,
        "frontline_share_ppm": frontline,
    }
    return EnterpriseYearFacts(**known)


def test_the_figures_of_the_text() -> None:
    assert (P.minimum_rate, P.maximum_rate, P.frontline_share) == (15_000, 25_000, 600_000)
    for name in ("minimum_rate", "maximum_rate", "frontline_share"):
        assert TOPIC.parameters[name].grade == "law"
        assert "C7" in TOPIC.parameters[name].cite["en"]


def test_the_money_is_the_enterprise_s_own() -> None:
    assert INSTRUMENT.accounts(P) == (Account.ENTERPRISES, Account.EDUCATION_FUNDS)
    assert not set(INSTRUMENT.accounts(P)) & set(PUBLIC)


@given(payroll=st.integers(1, 10**13), rate=st.integers(0, 10**6))
def test_the_required_amount_stays_between_the_limits(payroll: int, rate: int) -> None:
    facts = enterprise(payroll, rate)
    required = amount(facts, P)
    assert payroll * 15 // 1000 <= required <= payroll * 25 // 1000
    if 15_000 <= rate <= 25_000:
        assert required == set_aside(facts, P)


@given(payroll=st.integers(1, 10**13), rate=st.integers(15_000, 25_000))
def test_the_front_line_part_reaches_its_share_and_is_no_fen_too_much(
    payroll: int, rate: int
) -> None:
    facts = enterprise(payroll, rate)
    part, required = for_frontline(facts, P), amount(facts, P)
    assert 10 * part >= 6 * required > 10 * (part - 1)


@given(rate=st.integers(0, 50_000), frontline=st.integers(0, 10**6))
def test_compliance_names_what_falls_short(rate: int, frontline: int) -> None:
    found = Compliance(compliance(enterprise(10**9, rate, frontline), P))
    low_rate = found in (Compliance.RATE_TOO_LOW, Compliance.BOTH_TOO_LOW)
    low_share = found in (Compliance.FRONTLINE_TOO_LOW, Compliance.BOTH_TOO_LOW)
    assert (low_rate, low_share) == (rate < 15_000, frontline < 600_000)
