"""Training and climbing: values and sources stand in ``training.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Training and climbing."""

    attention: float  # probability per month
    attention_age: float  # share per ten years
    attention_level: float  # share per level
    utility_scale: float  # per monthly wage
    utility_constant: float  # utility
    discount: float  # per month
    hours_cost: float  # monthly wages
    wait_cost: float  # monthly wages per month
    accept_nomination: float  # probability
    nominated_uncertified: float  # multiple
    months_junior: int  # months
    months_intermediate: int  # months
    months_senior: int  # months
    months_technician: int  # months
    months_senior_technician: int  # months
    skip: float  # probability
    waiver: float  # share of the considered
    duration_lower: int  # months
    duration_upper: int  # months
    duration_upgrade: int  # months
    dropout: float  # probability per course
    pass_junior: float  # probability
    pass_intermediate: float  # probability
    pass_senior: float  # probability
    pass_technician: float  # probability
    pass_senior_technician: float  # probability
    quality_weight: float  # per unit of quality
    retry_months: int  # months
    attempts: int  # count
    appoint_state: float  # probability per month
    appoint_private: float  # probability per month
    special_rate: float  # probability per month
    upgrade_rate: float  # probability per month
    exam_supply: float  # index
    short_age: float  # share per ten years
    short_level: float  # share per level
    fee_upgrade: int  # yuan per course
    queue_leave: float  # probability per month
    apprentice_rate: float  # probability
    transfer_rate: float  # probability per month
    apprentice_months: int  # months
    catalogue_mining_drilling: float  # share
    catalogue_metal_machining: float  # share
    catalogue_assembly_repair: float  # share
    catalogue_electrical_energy: float  # share
    catalogue_driving_logistics: float  # share
    catalogue_building: float  # share
    catalogue_process_food_other: float  # share
    settling_months: int  # months
    esteem: float  # monthly wages
    evaluation_supply: float  # multiple
    evaluation_reach: float  # share
    evaluation_fee: int  # yuan per exam
    title_junior: int  # option: the level, 0 none
    title_intermediate: int  # option: the level, 0 none
    title_senior: int  # option: the level, 0 none
    title_share: float  # share
    title_value: float  # monthly wages
    award_status: float  # utility
    award_memory: int  # months
    contest_attention: float  # share
    cash_feedback: float  # share
