"""The codes: what files of earlier runs hold must keep its meaning."""

from model.codes import (
    BANDS,
    BRANCHES,
    INSTITUTION_TYPES,
    LEVELS,
    OWNERSHIPS,
    REGIONS,
    SECTORS,
    SIZE_CLASSES,
    STATUSES,
    TRADES,
    Level,
    Status,
)
from model.ledger import Account
from model.rules import demand, leaving
from model.words import LANGUAGES, text

LISTS = (REGIONS, SECTORS, OWNERSHIPS, LEVELS, STATUSES, SIZE_CLASSES, TRADES, INSTITUTION_TYPES)


def test_names_are_unique_in_their_list() -> None:
    for names in (*LISTS, BANDS, tuple(b.name for b in BRANCHES)):
        assert len(set(names)) == len(names)


def test_a_level_s_number_is_its_place_on_the_ladder() -> None:
    assert [level.name.lower() for level in Level] == list(LEVELS)
    assert [int(level) for level in Level] == list(range(7))


def test_a_status_number_is_its_place_in_the_list() -> None:
    assert [status.name.lower() for status in Status] == list(STATUSES)
    assert [int(status) for status in Status] == list(range(7))


def test_codes_fit_the_columns_that_hold_them() -> None:
    # Ledger sums pack region, branch and level, each plus one, as (r x 64 + b) x 16 + l.
    assert len(BRANCHES) + 1 < 64
    assert len(LEVELS) + 1 < 16
    assert max(map(len, LISTS)) < 256  # uint8


def test_rules_that_name_sectors_and_ownerships_by_number_mean_the_right_ones() -> None:
    assert (SECTORS[demand.OIL_GAS], SECTORS[demand.COAL], SECTORS[demand.MACHINERY]) == (
        "oil_gas",
        "coal",
        "machinery",
    )
    named = (demand.CENTRAL_STATE, demand.LOCAL_STATE, demand.MIXED, demand.FOREIGN)
    assert [OWNERSHIPS[code] for code in named] == [
        "central_state",
        "local_state",
        "mixed",
        "foreign",
    ]


def test_branches_name_known_sectors_and_ownerships() -> None:
    for branch in BRANCHES:
        assert branch.sector in SECTORS, branch.name
        assert branch.ownership in OWNERSHIPS, branch.name
    assert {b.ownership for b in BRANCHES} == set(OWNERSHIPS)
    assert {b.sector for b in BRANCHES} == set(SECTORS)


def test_events_of_leaving_map_to_the_statuses_they_mean() -> None:
    from model.month.lives import AFTER

    assert AFTER == {
        leaving.TO_SEARCH: Status.UNEMPLOYED,
        leaving.TO_INFORMAL: Status.INFORMAL,
        leaving.TO_AWAY: Status.AWAY,
        leaving.RETIRES: Status.RETIRED,
        leaving.DIES: Status.DEAD,
    }


def test_every_code_has_a_label_in_both_languages() -> None:
    for names in LISTS:
        for name in names:
            for language in LANGUAGES:
                assert text(f"code.{name}", language).strip(), (name, language)


def test_accounts_are_numbered_without_gaps() -> None:
    assert [int(a) for a in Account] == list(range(len(Account)))
