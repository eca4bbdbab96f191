"""What a caller takes for granted of a channel with one instrument, so that a second one is seen.

``supplements`` asks only about senior technicians, the people of C12; ``chief_until`` is one column
for the term of a title, since one title has a term. Both are right while these tests hold.
"""

import pytest

from model.codes import Level
from model.instruments.channels import Channel, Instrument, SupplementFacts
from model.instruments.registry import on_channel
from model.months import month
from model.parameters.reader import all_topics

ABLE = SupplementFacts(
    month=month(2018, 6),
    level=Level.SENIOR_TECHNICIAN,
    insured=1,
    paid_up=1,
    distressed=0,
    pay=600_000,
    covered_pay=600_000,
    payroll=60_000_000,
)


@pytest.mark.parametrize("one", on_channel(Channel.SUPPLEMENT), ids=lambda one: str(one.name))
def test_a_supplement_covers_nobody_whom_the_caller_leaves_out(one: Instrument) -> None:
    p = all_topics()[one.name].at(ABLE.month)
    assert one.eligibility(ABLE, p) == 0
    below = range(Level.NONE, Level.SENIOR_TECHNICIAN)
    assert all(one.eligibility(ABLE._replace(level=level), p) != 0 for level in below)


def test_one_title_has_a_term_and_one_column_remembers_it() -> None:
    with_term = [
        (one.name, title)
        for one in on_channel(Channel.AWARD)
        for title in one.titles or ()
        if "term_years" in one.params._fields
    ]
    assert [name for name, _ in with_term] == ["chief_technicians"]
