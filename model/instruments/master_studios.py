"""Skill-master studios (C9): granted, planned and awarded as the bases are, with own figures.

Twenty national and 43 provincial studios stood at the end of 2016; the text wants 100 by 2020, and
30 more provincial ones were announced in 2018.
"""

from model.instruments.channels import Channel, Instrument
from model.instruments.training_bases import (
    NationalPayer,
    Params,
    Payer,
    Plan,
    Reason,
    amount,
    eligibility,
    parties,
    payer_of,
    planned,
)
from model.ledger import Account

INSTRUMENT = Instrument(
    clause="C9",
    channel=Channel.PROJECT,
    payer=Account.EMPLOYMENT_SUBSIDY_FUND,
    payee=Account.INSTITUTIONS,
    params=Params,
    reasons=Reason,
    eligibility=eligibility,
    amount=amount,
    settings={"plan": Plan, "payer": Payer, "payer_national": NationalPayer},
    parties=parties,
    payer_of=payer_of,
    figures={"planned": planned},
)

__all__ = ["INSTRUMENT", "Params"]
