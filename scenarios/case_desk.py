"""The desk at which a case is worked through: facts into rules, pots shared, items written."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from model.codes import GROUPS, LEVELS, REGIONS, Level
from model.instruments import education_levy, stay_job_subsidy, wage_drop_subsidy
from model.instruments.channels import (
    ApprenticeFacts,
    CertificateFacts,
    Channel,
    EnterpriseYearFacts,
    Instrument,
    PayDropFacts,
    PotFacts,
    counted_as_received,
    mean_drop,
    share_of,
)
from model.instruments.registry import on_channel
from model.ledger import Account
from model.markets.pot import share_out
from model.months import format_month, year_of
from model.parameters.reader import IN_FORCE
from model.words import LANGUAGES, both
from scenarios.case_file import ENTERPRISE, Case, Facts, received
from scenarios.case_kinds import kinds
from scenarios.case_reasons import (
    Asked,
    Paid,
    Worded,
    knows_courses,
    reason,
    said,
    words_of,
)
from scenarios.case_text import Item, PotState

_NO_CERTIFICATE: Facts = {
    "level": "none",
    "month": 0,
    "in_catalogue": False,
    "by_course": False,
    "first": False,
}
_NO_TERM: Facts = {
    "start": 0, "certificate": None, "qualification": True, "national_standard": True,
}  # fmt: skip
_WHOLE_TERM = 1_000  # months: more than any term


def _was_paid(person: Facts, one: Instrument) -> bool:
    return any(receipt["instrument"] == one.name for receipt in person["received"])


class Desk:
    """Works through a case; ``items`` fills up."""

    def __init__(self, case: Case) -> None:
        """Open the case under the law of its month."""
        self.case = case
        self.firm = case.enterprise
        self.law = case.scenario.policy().at(case.month)
        self.items: list[Item] = []
        self.pot = PotFacts(
            self.firm["ui_premiums_last_year"],
            self.firm["stay_job_subsidy_this_year"],
            self.firm["wage_drop_subsidy_this_year"],
            int(self.firm["headcount"] < self.law["unemployment_insurance"].small_below),
        )
        self.drawn = {
            one.name: self.firm.get(f"{one.name}_this_year", 0)
            for one in on_channel(Channel.ENTERPRISE_YEAR)
        }

    def p(self, instrument: Instrument) -> Any:
        """Parameters of an instrument in the month of the case."""
        return self.law[instrument.name]

    def ask(self, instrument: Instrument, facts: Any) -> Asked:
        """The reason code and, where it is 0, the fen."""
        p = self.p(instrument)
        code = int(instrument.eligibility(facts, p))
        fen = instrument.amount(facts, p) if code == 0 else 0
        topic, when = self.case.scenario.topics[instrument.name], self._when(instrument)
        return Asked(instrument, topic, p, facts, code, fen, when)

    def _when(self, instrument: Instrument) -> Worded:
        """Why an instrument is not in force in the month of the case; nothing where it is."""
        if self.p(instrument).in_force:
            return {}
        steps = self.case.scenario.policy().steps[f"{instrument.name}.{IN_FORCE}"]
        month = self.case.month
        starts = [at for at, raw in steps if at > month and raw != 0]
        ends = [at for (_, before), (at, raw) in pairwise(steps) if at <= month and before != raw]
        words = {"month": format_month(month)}
        if starts:
            return both("case.when_later", **words, since=format_month(starts[0]))
        if ends:
            return both("case.when_ended", **words, since=format_month(ends[-1]))
        return both("case.when_never")

    def pot_state(self) -> PotState:
        """The premium pot as the wage-drop subsidy finds it now."""
        p = self.law["wage_drop_subsidy"]
        limit = share_of(self.pot.premiums_last_year, p.premium_share)
        left = wage_drop_subsidy.ceiling(self.pot, p)
        drawn = (self.pot.stay_job_drawn, self.pot.wage_drop_drawn)
        rule = wage_drop_subsidy.Pot(p.pot).name.lower()
        return PotState(self.pot.premiums_last_year, p.premium_share, limit, *drawn, left, rule)

    # Certificates, courses, apprentices

    def certificates(self) -> None:
        """Every instrument on the channel, by rank, so that one payment can bar another."""
        found = sorted(on_channel(Channel.CERTIFICATE), key=lambda i: (self.p(i).rank, i.name))
        for person in self.case.people:
            masks = {i.name: self._received(person, i) for i in found}
            for one in found:
                others = 0
                for other in found:
                    counts = other.bars(self.p(other), one, self.p(one))
                    others |= masks[other.name] if other.name != one.name and counts else 0
                mask = counted_as_received(masks[one.name], others, self.p(one).stacking)
                asked = self._questions(person, one, mask)
                for question in asked:
                    if question.code == 0 and question.facts.upgrade_course == 0:
                        masks[one.name] |= 1 << question.facts.level
                self._write_person(person, asked)

    def _received(self, person: Facts, one: Instrument) -> int:
        """Where an upgrade course is paid once a year, those of other years do not count."""
        frequency = one.settings.get("upgrade_frequency")
        yearly = frequency is not None and self.p(one).upgrade_frequency == frequency["YEARLY"]
        return received(person, one.name, year_of(self.case.month) if yearly else None)

    def _questions(self, person: Facts, one: Instrument, mask: int) -> list[Asked]:
        certificate, training = person["certificate"], person["training"]
        asked = []
        if certificate is not None or training is None:
            facts = self._certificate(person, certificate or _NO_CERTIFICATE, mask, course=0)
            asked.append(self.ask(one, facts))
        if training is not None and (certificate is None or knows_courses(one)):
            held = {"level": person["level"], "month": training["completed"]}
            facts = self._certificate(person, _NO_CERTIFICATE | held, mask, course=1)
            asked.append(self.ask(one, facts))
        return asked

    def _certificate(
        self, person: Facts, given: Facts, mask: int, *, course: int
    ) -> CertificateFacts:
        return CertificateFacts(
            month=self.case.month,
            level=LEVELS.index(given["level"]),
            certificate_month=given["month"],
            insured=int(person["insured_now"]),
            insured_months=person["ui_months"],
            employed=1,
            in_catalogue=int(given["in_catalogue"]),
            by_course=int(given["by_course"]),
            upgrade_course=course,
            received=mask,
            first_certificate=int(given["first"]),
            group=GROUPS.index(person["group"]),
            apprenticeship=int(self._drew_apprenticeship(person, given["month"])),
        )

    def _drew_apprenticeship(self, person: Facts, month: int) -> bool:
        """Whether an apprenticeship that ended with the certificate of a month is paid for."""
        term = person["apprentice"]
        if term is None or term["certificate"] != month:
            return False
        return any(
            _was_paid(person, one) or self.ask(one, self._apprentice(person, one)).code == 0
            for one in on_channel(Channel.APPRENTICE)
        )

    def apprentices(self) -> None:
        """One item for each person; the money goes to the enterprise."""
        for one in on_channel(Channel.APPRENTICE):
            for person in self.case.people:
                self._write_person(person, [self.ask(one, self._apprentice(person, one))])

    def _apprentice(self, person: Facts, one: Instrument) -> ApprenticeFacts:
        term = person["apprentice"] or _NO_TERM
        return ApprenticeFacts(
            month=self.case.month,
            start_month=term["start"],
            certificate_month=term["certificate"] or 0,
            insured=int(self.firm["ui_insured"]),
            employed=1,
            months_paid=_WHOLE_TERM if _was_paid(person, one) else 0,
            qualification=int(term["qualification"]),
            standard=int(term["national_standard"]),
        )

    # The premium pot: pay drops of people, and the enterprise's own year

    def premium_pot(self) -> None:
        """Both kinds draw on one pot, by rank; the levy, which draws on none, comes with them."""
        turns: list[tuple[int, str, Instrument, Callable[[Instrument], None]]] = []
        for one in on_channel(Channel.PAY_DROP):
            turns.append((self.p(one).rank, one.name, one, self._pay_drops))
        for one in on_channel(Channel.ENTERPRISE_YEAR):
            turns.append((getattr(self.p(one), "rank", 0), one.name, one, self._enterprise_year))
        for _, _, one, work in sorted(turns, key=lambda turn: turn[:2]):
            work(one)

    def _pay_drops(self, one: Instrument) -> None:
        """What each person is entitled to, then what the pot leaves of it."""
        p = self.p(one)
        mean = self._mean_drop()
        asked = [self.ask(one, self._pay_drop(person, mean)) for person in self.case.people]
        own_pot = p.teachers_premiums == wage_drop_subsidy.TeachersPremiums.SCHOOL
        school = PotFacts(self.firm["school_premiums_last_year"], 0, 0)
        for pot, at_school in ((self.pot, 0), (school, 1)):
            places = [i for i, a in enumerate(asked) if int(own_pot) * a.facts.teacher == at_school]
            left = one.ceiling(pot, p) if one.ceiling else 0
            claims = [asked[i].entitled for i in places]
            levels = [wage_drop_subsidy.served_as(asked[i].facts) for i in places]
            shares = share_out(claims, left, p.rationing, levels)
            for i, share in zip(places, shares, strict=True):
                self._write_person(self.case.people[i], [asked[i]], Paid(share, left), per="month")
            if not at_school:
                self.pot = self.pot._replace(wage_drop_drawn=pot.wage_drop_drawn + sum(shares))

    def _pay_drop(self, person: Facts, mean: int) -> PayDropFacts:
        registered = self.law["stay_job_subsidy"].registered_unemployment
        return PayDropFacts(
            month=self.case.month,
            teacher=int(person["role"] == "school_teacher"),
            level=LEVELS.index(person["level"]),
            senior_title=int(person["senior_title"]),
            key_post=int(person["key_post"]),
            reference_pay=person["reference_pay"],
            pay=person["pay"],
            insured=int(self.firm["ui_insured"]),
            paid_up=int(self.firm["ui_paid_up"]),
            distressed=int(self.firm["distressed"]) + int(self.firm["in_transformation"]),
            owns_school=int(self.firm["runs_technical_school"]),
            mean_drop_ppm=mean,
            months_paid=person["wage_drop_months_paid"],
            layoffs_low=stay_job_subsidy.layoffs_low(
                self.firm["layoff_rate_last_year"], registered
            ),
        )

    def _mean_drop(self) -> int:
        """Of the certified technical workers listed; teachers are no technical workers."""
        technical = [
            person
            for person in self.case.people
            if person["role"] == "worker"
            and LEVELS.index(person["level"]) >= Level.JUNIOR
            and person["reference_pay"] > 0
        ]
        reference = sum(person["reference_pay"] for person in technical)
        return mean_drop(reference, sum(person["pay"] for person in technical))

    def _enterprise_year(self, one: Instrument) -> None:
        """One item of the enterprise, with the year it is about."""
        p12 = self.law["wage_drop_subsidy"]
        against = wage_drop_subsidy.counted_by_stay_job(self.pot, p12)
        pot = self.pot._replace(wage_drop_drawn=against)
        asked = self.ask(one, self._year_facts(one, pot))
        year = year_of(self.case.month)
        if one.payee == Account.EDUCATION_FUNDS:
            self._write_set_aside(asked, str(year - 1))
            return
        if one.payer == Account.EDUCATION_FUNDS:  # the enterprise's own money goes elsewhere
            item = self._item(ENTERPRISE, [asked], Paid(0, 0), ("year", str(year)))
            self.items.append(replace(item, entitled=0))
            return
        left = one.ceiling(pot, asked.p) if one.ceiling else asked.entitled
        paid = Paid(min(asked.entitled, left), left)
        if one.ceiling:
            self.pot = self.pot._replace(stay_job_drawn=self.pot.stay_job_drawn + paid.fen)
        self.drawn[one.name] += paid.fen
        self.items.append(self._item(ENTERPRISE, [asked], paid, ("year", str(year))))

    def _year_facts(self, one: Instrument, pot: PotFacts) -> EnterpriseYearFacts:
        """What a yearly rule sees of the enterprise; what the case does not say of funds is 0."""
        firm, insurance = self.firm, self.law["unemployment_insurance"]
        fund = Account.UNEMPLOYMENT_INSURANCE_FUND
        elsewhere = sum(
            self.drawn[other.name]
            for other in on_channel(Channel.ENTERPRISE_YEAR)
            if other.payer == fund and other.name != one.name
        )
        heads = firm["insured_headcount"]
        at_harbin = firm["region"] == REGIONS[0]
        return EnterpriseYearFacts(
            month=self.case.month,
            insured=int(firm["ui_insured"]),
            paid_up=int(firm["ui_paid_up"]),
            premiums_last_year=pot.premiums_last_year,
            layoff_rate_ppm=firm["layoff_rate_last_year"],
            registered_unemployment_ppm=self.law["stay_job_subsidy"].registered_unemployment,
            stay_job_drawn=pot.stay_job_drawn,
            wage_drop_drawn=pot.wage_drop_drawn,
            payroll_last_year=firm["payroll_last_year"],
            set_aside_rate_ppm=firm["education_fund_rate"],
            frontline_share_ppm=firm["education_fund_frontline_share"],
            drawn=self.drawn[one.name],
            refund_elsewhere=elsewhere,
            headcount=firm["headcount"],
            insured_heads=firm["headcount"] if heads is None else heads,
            premium_base=firm["premium_base_per_month"],
            distressed=int(firm["distressed"]) + int(firm["in_transformation"]),
            small=pot.small,
            benefit=insurance.benefit_harbin if at_harbin else insurance.benefit_elsewhere,
            reserve_months=firm["ui_fund_reserve_months"],
            education_fund=firm["education_fund_unspent"],
            trained_upper=int(firm["trained_high_skill"]),
            training_spend=firm["training_spend_last_year"],
            profit=firm["profit_last_year"],
            donation=firm["training_donation_last_year"],
            donation_qualified=int(firm["donation_qualified"]),
        )

    def _write_set_aside(self, asked: Asked, period: str) -> None:
        """The levy is a duty on the enterprise's own money: nobody is entitled or paid."""
        item = self._item(ENTERPRISE, [asked], Paid(0, 0), ("year", period))
        own = 0
        if asked.code == 0:
            own = education_levy.set_aside(asked.facts, asked.p)
            state = education_levy.Compliance(education_levy.compliance(asked.facts, asked.p))
            words = words_of(asked)
            full = {lang: {**words[lang], "reason": item.reason[lang]} for lang in LANGUAGES}
            item = replace(item, reason=said(f"case.levy_{state.name.lower()}", full))
        self.items.append(replace(item, entitled=0, required=asked.entitled, set_aside=own))

    # Further lists of the case

    def lists(self) -> None:
        """One item for each entry and each instrument of its channel that it is about."""
        for name, entries in self.case.lists.items():
            kind = kinds()[name]
            for entry in entries:
                for one in on_channel(kind.channel):
                    if kind.concerns(entry, one):
                        asked = self.ask(one, kind.facts(entry, self.firm, self.case.month))
                        self._write_person(entry, [asked], per=kind.per)

    # Writing items

    def _write_person(
        self, person: Facts, asked: list[Asked], paid: Paid | None = None, per: str = "once"
    ) -> None:
        given = paid or Paid(sum(one.entitled for one in asked), 0)
        month = self.case.month
        period = (per, str(year_of(month)) if per == "year" else format_month(month))
        self.items.append(self._item(person["id"], asked, given, period))

    def _item(self, who: str, asked: list[Asked], paid: Paid, period: tuple[str, str]) -> Item:
        one = next((question for question in asked if question.code == 0), asked[0])
        payer, payee = one.instrument.accounts(one.p)
        own = payer == Account.ENTERPRISES and payee == Account.OUTSIDE
        fen = sum(question.entitled for question in asked)
        per, when = period
        return Item(
            who=who,
            instrument=one.instrument.name,
            clause=one.instrument.clause,
            period=when,
            per=per,
            payee=payee.name.lower(),
            reason_code=one.reason_code,
            reason=reason(asked, paid),
            eligible=one.code == 0,
            entitled=0 if own else fen,
            paid=0 if own else paid.fen,
            own_money=fen if own else None,
        )
