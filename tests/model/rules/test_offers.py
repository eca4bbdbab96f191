"""Outside offers (4.9)."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from model.parameters.hiring import Params
from model.rules.offers import BidFacts, OfferFacts, hear_offer, weigh_bid
from tests.model.rules.given import given, hazard_of

P = given(Params, offer_private=0.004, offer_state=0.001, offer_level=0.25, offer_visible=1.5)
BASE = {
    "employer_approached": 1.0,
    "restlessness": 1.0,
    "employer_pressure_others": 1.0,
    "month": 1_400,
}


@pytest.mark.parametrize(
    ("case", "facts", "hazard"),
    [
        ("an unskilled private worker", {}, 0.004),
        ("a state worker", {"employer_state": 1}, 0.001),
        # .004 x (1 + .25 x 4) = .008
        ("skill doubles it at level 4", {"level": 4, "certificate_month": 1_300}, 0.008),
        # a certificate of twelve months ago still shows: .008 x 1.5
        ("a fresh certificate", {"level": 4, "certificate_month": 1_388}, 0.012),
        (
            "after thirteen months it no longer does",
            {"level": 4, "certificate_month": 1_387},
            0.008,
        ),
        ("no certificate, no date that counts", {"certificate_month": 1_399}, 0.004),
        ("trouble at the enterprise", {"employer_pressure_others": 2.0}, 0.008),
        ("twice the usual where rivals are many", {"employer_approached": 2.0}, 0.008),
        ("none where nobody comes", {"employer_approached": 0.0}, 0.0),
        ("a restless worker listens", {"restlessness": 0.5}, 0.002),
    ],
)
def test_offers(case: str, facts: dict[str, float], hazard: float) -> None:
    found = hazard_of(hear_offer, OfferFacts, "u_offer", P, **{**BASE, **facts})
    assert found == pytest.approx(hazard, abs=1e-12), case


@pytest.mark.parametrize(
    ("case", "share", "facts", "answer"),
    [
        # 5,000 yuan, up to 6,000 elsewhere: half of the 1,000 between
        ("half of the difference", 0.5, {}, (1, 550_000)),
        ("all of it", 1.0, {}, (1, 600_000)),
        ("none of it, and yet no worse", 0.0, {}, (1, 500_000)),
        ("rounded down to a fen", 0.5, {"most": 500_001}, (1, 500_000)),
        ("the same is not better", 0.5, {"most": 500_000}, (0, 500_000)),
        ("nor is less", 0.5, {"most": 400_000}, (0, 500_000)),
        ("at least the minimum wage there", 0.1, {"minimum": 540_000}, (1, 540_000)),
    ],
)
def test_bids(case: str, share: float, facts: dict[str, int], answer: tuple[int, int]) -> None:
    f = BidFacts(**{"pay": 500_000, "most": 600_000, "minimum": 150_000, **facts})
    assert weigh_bid(f, P._replace(poach_share=share)) == answer, case


@drawn(st.integers(1, 10**8), st.integers(1, 10**8), st.floats(0, 1), st.floats(0, 1))
def test_nobody_loses_by_moving_and_a_larger_share_pays_more(
    pay: int, most: int, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    f = BidFacts(pay=pay, most=most, minimum=0)
    less, more = (weigh_bid(f, P._replace(poach_share=share)) for share in (low, high))
    assert less.event == more.event == int(most > pay)
    assert pay <= less.pay <= more.pay <= max(pay, most)
