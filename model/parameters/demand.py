"""Demand and restructuring: values and sources stand in ``demand.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Demand and restructuring."""

    path: int  # option
    sector_persistence: float  # share per month
    sector_spread: float  # log points
    enterprise_persistence: float  # share per month
    enterprise_spread: float  # log points
    onset_coal: float  # probability per month
    onset_oil_gas: float  # probability per month
    onset_machinery: float  # probability per month
    onset_other: float  # probability per month
    onset_low: float  # share of payroll
    onset_high: float  # share of payroll
    decay: float  # share left after a month
    elasticity: float  # elasticity
    downturn_shift: float  # log points
    downturn_onset: float  # multiple
    formal_loss_harbin: float  # probability per month
    formal_loss_qiqihar: float  # probability per month
    formal_loss_jixi: float  # probability per month
    formal_loss_hegang: float  # probability per month
    formal_loss_shuangyashan: float  # probability per month
    formal_loss_daqing: float  # probability per month
    formal_loss_yichun: float  # probability per month
    formal_loss_jiamusi: float  # probability per month
    formal_loss_qitaihe: float  # probability per month
    formal_loss_mudanjiang: float  # probability per month
    formal_loss_heihe: float  # probability per month
    formal_loss_suihua: float  # probability per month
    formal_loss_daxinganling: float  # probability per month
    restructuring_central_state: float  # probability per month
    restructuring_local_state: float  # probability per month
    restructuring_other: float  # probability per month
    lost_to_informal: float  # share
    lost_to_retirement: float  # share
    lost_to_away: float  # share
    early_retirement_months: int  # months
    settling_months: int  # months
