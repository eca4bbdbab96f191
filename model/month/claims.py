"""Heading 6, first part: claims under pots and cash (C8, C9, C10, skills action)."""

from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from model.codes import Status
from model.deciding import ASK_FOR_SUBSIDY
from model.draws import moment, uniforms_at
from model.instruments.channels import (
    ApprenticeFacts,
    Channel,
    Instrument,
    Rule,
    counted_as_received,
)
from model.instruments.promotion_training_subsidy import UpgradeFrequency
from model.instruments.registry import instruments, on_channel
from model.ledger import Account
from model.month import enterprise_years
from model.month.climbing import has_standard, insured_months
from model.month.membership import group_of
from model.month.paying import (
    Facts,
    amounts,
    chosen,
    eligibility,
    pay_workers,
)
from model.month.sums import Ints
from model.months import month_of_year
from model.state import NEVER, TERMS, term_column

if TYPE_CHECKING:
    from model.province import Province


WHOLE_TERM = 1_000  # months: more than any term


class Claimants(NamedTuple):
    """People with a certificate, and the facts about them that every instrument is told."""

    rows: Ints
    facts: Facts

    def those(self, places: Any) -> "Claimants":
        """Some of them, by position or mask."""
        return Claimants(self.rows[places], chosen(self.facts, places))


def pay_certificates(province: "Province") -> None:
    """Claims for certificates and upgrade courses (C9, C10)."""
    w = province.workers
    renew_yearly_courses(province)
    rows = province.ask(ASK_FOR_SUBSIDY).rows
    for upgrade in (0, 1):
        asking = claimants(
            province, rows[w["claim_upgrade"][rows] == 1] if upgrade else rows, upgrade
        )
        for slot, name in by_rank(province):
            who = asking
            if pays_employer(province, name):
                who = claimants(province, employers_ask(province, name, upgrade), upgrade)
            pay_claims(province, name, who, slot)


def pays_employer(province: "Province", name: str) -> bool:
    """Whether a certificate instrument pays the employer rather than the person."""
    return instruments()[name].accounts(province.law[name])[1] == Account.ENTERPRISES


def employers_ask(province: "Province", name: str, upgrade: int) -> Ints:
    """Staff for whose certificates, not too long ago, employers claim this month.

    Only for what was gained at this employer, and not in a public course, whose school is paid.
    """
    w, claiming = province.workers, province.law["claiming"]
    month = w["upgrade_month" if upgrade else "certificate_month"]
    rows = province.engine.tallies.between(month, province.month - claiming.patience + 1, NEVER)
    rows = rows[(w["status"][rows] == Status.EMPLOYED) & (month[rows] >= w["joined"][rows])]
    rows = rows[(w["public_gained"][rows] == 0) | (w["public_ends"][rows] != month[rows])]
    draw = uniforms_at(w["key"][rows], moment(province.seed, f"{name}.claim", province.month))
    asking: Ints = rows[draw < claiming.claim]
    return asking


def knows(province: "Province", name: str, rows: Ints) -> Any:
    """Who knows of an instrument: the person, or the employer where that is paid."""
    w = province.workers
    if pays_employer(province, name):
        aware = province.awareness.enterprises(name, province.enterprises, province.seed)
        return aware[w["enterprise"][rows]]
    return province.awareness.workers(name, w["key"][rows], province.seed)


def by_rank(province: "Province") -> list[tuple[int, str]]:
    """Slot and name of the certificate instruments in force, in the order in which they draw."""
    law = province.law
    found = [(slot, i.name) for slot, i in enumerate(on_channel(Channel.CERTIFICATE))]
    slots = [(slot, name) for slot, name in found if law[name].in_force]
    return sorted(slots, key=lambda pair: (law[pair[1]].rank, pair[1]))


def renew_yearly_courses(province: "Province") -> None:
    """Where an upgrade course is paid once a year, January opens a new year."""
    if month_of_year(province.month) != 1:
        return
    for slot, instrument in enumerate(on_channel(Channel.CERTIFICATE)):
        frequency = getattr(province.law[instrument.name], "upgrade_frequency", None)
        if frequency == UpgradeFrequency.YEARLY:
            province.workers["received"] &= ~np.left_shift(np.int64(1), 8 * slot + 7)


def pay_first_certificates(province: "Province", rows: Ints, *, fees_only: bool = False) -> None:
    """Claims that a school makes for people without a post who gained a certificate there.

    ``fees_only`` asks just what pays for something beside the certificate, such as an exam's fee,
    and only for certificates of months in which it was in force: those were asked for before.
    """
    asked = [
        (slot, name)
        for slot, name in by_rank(province)
        if not pays_employer(province, name)
        and (instruments()[name].other_purpose or not fees_only)
    ]
    if len(rows) == 0 or not asked:
        return
    who = claimants(province, rows, 0)
    gained = who.facts["certificate_month"]
    for slot, name in asked:
        again = who
        if fees_only:
            at = province.policy.at
            months = [m for m in np.unique(gained).tolist() if at(m)[name].in_force]
            again = who.those(np.isin(gained, months))
        pay_claims(province, name, again, slot, by_school=True)


def pay_claims(
    province: "Province",
    name: str,
    who: Claimants,
    slot: int,
    *,
    by_school: bool = False,
) -> None:
    """Claims of one instrument by those who know of it, or made for them ``by_school``.

    A claim stays open until it lapses, since another instrument may pay for the same certificate
    later; the mask of what was received keeps each from paying twice.
    """
    w = province.workers
    if len(who.rows) and not by_school:
        who = who.those(knows(province, name, who.rows))
    if len(who.rows) == 0:
        return
    facts = who.facts | {"received": received(province, name, who.rows, slot)}
    fine = eligibility(province, name, who.rows, facts) == 0
    rows, facts = who.rows[fine], chosen(facts, fine)
    province.counts.flow(province, "claims_made", rows)
    if len(rows) == 0:
        return
    fen = amounts(province, name, rows, facts)
    worth = fen > 0  # what pays nothing changes nobody
    rows, fen, gained = rows[worth], fen[worth], facts["certificate_month"][worth]
    done = rows[pay_workers(province, name, rows, fen, gained)]
    upgrade = facts["upgrade_course"]
    bit = np.full(len(done), 7) if upgrade else w["level"][done].astype(np.int64)
    w["received"][done] |= np.left_shift(np.int64(1), 8 * slot + bit)
    if upgrade and not pays_employer(province, name):  # else the person's own claim goes on
        w["claim_upgrade"][done] = 0


def claimants(province: "Province", rows: Ints, upgrade: int) -> Claimants:
    """Given workers with the facts of the CERTIFICATE channel, but for what each one received."""
    w = province.workers
    if len(rows) == 0:
        return Claimants(rows, {})
    month = w["upgrade_month"] if upgrade else w["certificate_month"]
    return Claimants(
        rows,
        {
            "month": province.month,
            "level": w["level"][rows],
            "certificate_month": month[rows].astype(np.int64),
            "insured": w["insured"][rows],
            "insured_months": insured_months(province, rows),
            "employed": w["status"][rows] == Status.EMPLOYED,
            "in_catalogue": 1,
            "by_course": 1 - w["waived"][rows].astype(np.int64),
            "upgrade_course": upgrade,
            "first_certificate": w["first_certificate"][rows],
            "group": group_of(province, rows),
            "apprenticeship": drew_apprenticeship(province, rows),
        },
    )


def received(province: "Province", name: str, rows: Ints, slot: int) -> Ints:
    """Mask of what counts as received by given workers under an instrument."""
    mask, law = province.workers["received"][rows], province.law
    own: Ints = mask >> (8 * slot) & 255
    if law[name].stacking == 1:
        return own
    found = on_channel(Channel.CERTIFICATE)
    other = np.zeros(len(rows), np.int64)
    for k, one in enumerate(found):
        if k != slot and one.bars(law[one.name], found[slot], law[name]):
            other |= mask >> (8 * k) & 255
    counted: Ints = cast(Any, counted_as_received)(own, other, 0)
    return counted


def drew_apprenticeship(province: "Province", rows: Ints) -> Ints:
    """1 where the last certificate ended a term that was paid for, or that is not settled yet."""
    w = province.workers
    gained, since = w["certificate_month"][rows], w["apprentice_since"][rows]
    paid = (gained > 0) & (w["apprentice_settled"][rows] == gained)
    found: Ints = (paid | ((since > 0) & (gained > since))).astype(np.int64)
    return found


def pay_enterprises(province: "Province") -> None:
    """What enterprises claim once a year, and apprenticeships as they fall due."""
    enterprise_years.settle(province)
    rows = province.engine.tallies.between(province.workers["apprentice_since"], 1, NEVER)
    if len(rows) == 0:
        return
    for one in on_channel(Channel.APPRENTICE):
        if province.law[one.name].in_force:
            pay_apprenticeships(province, one, rows)
    end_apprenticeships(province, rows)


def apprentice_facts(province: "Province", name: str, rows: Ints) -> dict[str, Any]:
    """Facts of the APPRENTICE channel for given workers."""
    w, e = province.workers, province.enterprises
    since = w["apprentice_since"][rows].astype(np.int64)
    return {
        "month": province.month,
        "start_month": since,
        "certificate_month": finished(province, rows),
        "insured": e["insures"][w["enterprise"][rows]],
        "employed": 1,
        "months_paid": w[term_column(name)][rows].astype(np.int64),
        "qualification": (w["apprentice_finished"][rows] <= since).astype(np.int64),
        "standard": has_standard(province, rows).astype(np.int64),
    }


def finished(province: "Province", rows: Ints) -> Ints:
    """Month of the certificate gained in this apprenticeship, of either kind; 0 before it."""
    w = province.workers
    since = w["apprentice_since"][rows]
    gained = np.where(w["certificate_month"][rows] > since, w["certificate_month"][rows], 0)
    done = w["apprentice_finished"][rows]
    found: Ints = np.where(done > since, done, gained).astype(np.int64)
    return found


def pay_apprenticeships(province: "Province", one: Instrument, rows: Ints) -> None:
    """C8: the term of apprentices who hold the certificate (or each year, by setting)."""
    name = one.name
    w = province.workers
    facts = apprentice_facts(province, name, rows)
    at = np.flatnonzero(eligibility(province, name, rows, facts) == 0)
    due = rows[at]
    fen = amounts(province, name, due, chosen(facts, at))
    paid = pay_workers(province, name, due, fen, w["apprentice_since"][due])
    months_due: Rule = one.figures.get("months_due", whole_term)
    for position in at[paid].tolist():
        values = (v[position] if isinstance(v, np.ndarray) else v for v in facts.values())
        facts_of_one = ApprenticeFacts(*(int(v) for v in values))
        w[term_column(name)][rows[position]] += months_due(facts_of_one, province.law[name])
    w["apprentice_waits"][due[~paid]] = 1


def whole_term(_facts: ApprenticeFacts, _p: Any) -> int:
    """Where an instrument has no figure ``months_due``, one payment is for the whole term."""
    return WHOLE_TERM


def end_apprenticeships(province: "Province", rows: Ints) -> None:
    """Terms that ended with a certificate are over, unless a fund's cash did not reach them."""
    w = province.workers
    ended = rows[(finished(province, rows) > 0) & (w["apprentice_waits"][rows] == 0)]
    w["apprentice_waits"][rows] = 0
    paid = ended[np.any([w[name][ended] > 0 for name in TERMS], axis=0)] if TERMS else ended[:0]
    w["apprentice_settled"][paid] = finished(province, paid)
    for name in ("apprentice_since", *TERMS):
        w[name][ended] = 0
