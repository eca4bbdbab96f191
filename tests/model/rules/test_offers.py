"""Outside offers (4.9)."""

import pytest

from model.parameters.hiring import Params
from model.rules.offers import OfferFacts, hear_offer
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
