"""The month as a table of contents: its stages under seven headings."""

from typing import TYPE_CHECKING

from model.month import (
    accounts,
    awards,
    claims,
    climbing,
    contests,
    enterprises,
    grants,
    groups,
    hires,
    lives,
    money,
    moving,
    projects,
    schooling,
    supplements,
    ventures,
    world,
    yearly,
)

if TYPE_CHECKING:
    from model.province import Province


def step(province: "Province") -> None:
    """Advance the province by one month. The order is decision 3 of DECISIONS.md."""
    # 1. The world: calendar, rules in force, demand of sectors, what is known of the policy
    world.enter_month(province)
    # 2. Lives: entrants, retirement, deaths, people without a post
    lives.pass_month(province)
    # 3. Enterprises: demand, pay, cuts of pay with the subsidy in view, claims, posts, training
    enterprises.meet_demand(province)
    enterprises.revise_pay(province)
    enterprises.cut_pay(province)
    enterprises.claim_support(province)
    enterprises.plan(province)
    # 4. Leaving and joining: restructuring, quits, lay-offs, offers, the hiring market
    moving.restructure(province)
    moving.quit_posts(province)
    moving.lay_off(province)
    moving.hire(province)
    hires.settle(province)
    # 5. Climbing: short courses, who trains, seats, exams, certificates, appointment
    climbing.take_short_courses(province)
    climbing.apply_for_courses(province)
    climbing.ration_seats(province)
    climbing.sit_exams(province)
    contests.hold(province)
    climbing.appoint(province)
    projects.build(province)
    schooling.adjust_schools(province)
    # 6. Money: claims, pots, cash, premiums, benefits, set-aside, wages
    claims.pay_certificates(province)
    claims.pay_enterprises(province)
    groups.train(province)
    ventures.start(province)
    awards.give(province)
    yearly.settle(province)
    supplements.settle(province)
    grants.settle(province)
    money.pay_insurance(province)
    money.set_aside(province)
    money.pay_wages(province)
    money.rest_of_province(province)
    # 7. Accounts: every account closes, every person is somewhere
    accounts.close(province)
