"""Step 2: where does it burn most here? Indicators, gradients, zones and trends, area by area."""

from jevn.challenges.choices import ChallengeSettings, Choices
from jevn.challenges.judgements import Judgements, judgements_data, read_professional_judgements
from jevn.challenges.neighbours import neighbours
from jevn.challenges.profile import challenge_profile
from jevn.challenges.reading import read_importance, read_indicators
from jevn.challenges.results import ChallengeProfile, Indicator, IndicatorStatus, Sign
from jevn.challenges.schemas import INDICATORS, OBSERVATIONS, PLACES, POPULATION

__all__ = [
    "INDICATORS",
    "OBSERVATIONS",
    "PLACES",
    "POPULATION",
    "ChallengeProfile",
    "ChallengeSettings",
    "Choices",
    "Indicator",
    "IndicatorStatus",
    "Judgements",
    "Sign",
    "challenge_profile",
    "judgements_data",
    "neighbours",
    "read_importance",
    "read_indicators",
    "read_professional_judgements",
]
