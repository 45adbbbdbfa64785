"""Formulas for social inequality in health.

Every index of grouped data has one shape: called with :class:`GroupedData` (one setting) it gives
an :class:`IndexResult`, with :class:`GroupedSettings` (many) :class:`IndexResults`. Estimate,
standard error and limits are on the same scale; what cannot be defined is ``None`` with a note.
``INDICES`` holds them all by name.
"""

from jevn.indices.between import Spread, between_zones, restricted_likelihood
from jevn.indices.between_gini import (
    gini_between_groups,
)
from jevn.indices.bym2 import SpatialEstimates
from jevn.indices.change import (
    IndexDifference,
    IndexDifferences,
    all_pairs,
    difference_of_indices,
    differences_from,
    holm,
)
from jevn.indices.comparison import (
    Comparison,
    compared_with,
)
from jevn.indices.concentration_curve import ConcentrationCurve, concentration_curve
from jevn.indices.concentration_decomposition import (
    ConcentrationDecomposition,
    decompose_concentration_index,
)
from jevn.indices.declared import DeclaredScale, declared_scale
from jevn.indices.deviations import (
    mean_difference_from_best,
    mean_difference_from_best_unweighted,
    mean_difference_from_mean,
    mean_difference_from_mean_unweighted,
    mean_difference_from_reference,
    mean_difference_from_reference_unweighted,
)
from jevn.indices.disparity import index_of_disparity, index_of_disparity_unweighted
from jevn.indices.entropy import (
    generalised_entropy_2,
    mean_log_deviation,
    mean_log_deviation_corrected,
    theil_index,
    theil_index_corrected,
)
from jevn.indices.errors import with_errors_at_bounds
from jevn.indices.excess import (
    ExcessCases,
    excess_cases,
)
from jevn.indices.funnel import Funnel, FunnelClass, FunnelLimits, funnel_classes, funnel_limits
from jevn.indices.gathered import gathered
from jevn.indices.grouped import GroupedData
from jevn.indices.healthy_life import healthy_life_expectancy
from jevn.indices.hidden import IndexBounds, count_range, index_bounds
from jevn.indices.index import (
    INDICES,
    Estimates,
    Family,
    Index,
    Sign,
    Unit,
    burden_positive,
    index,
)
from jevn.indices.individual_result import INDIVIDUAL_INDICES, IndexOptions, IndividualResult
from jevn.indices.kitagawa import (
    RateDecomposition,
    Strata,
    das_gupta_decomposition,
    kitagawa_decomposition,
)
from jevn.indices.lifetable import Expectancy, LifeTable, life_expectancy, life_table
from jevn.indices.lifetable_gaps import expectancy_gap, expectancy_settings, life_expectancy_groups
from jevn.indices.lifetable_parts import GapParts, split_of_gap
from jevn.indices.logit import rii_logit, sii_logit
from jevn.indices.loglinear import rii_poisson
from jevn.indices.means import Means, quantile_groups, sample_means
from jevn.indices.microdata import Storage, microdata_indices
from jevn.indices.microdata_steps import PersonColumns
from jevn.indices.neighbours import Neighbourhood, neighbourhood
from jevn.indices.noted import notes_at
from jevn.indices.oaxaca import OaxacaDecomposition, oaxaca_blinder
from jevn.indices.overlap import overlap_correlations
from jevn.indices.person_groups import PersonGroups, group_persons
from jevn.indices.persons import IndividualData, individual_index, individual_indices
from jevn.indices.population_impact import (
    population_attributable_fraction,
    population_attributable_risk,
)
from jevn.indices.rank_dependent import (
    absolute_concentration_index,
    extended_concentration_index,
    relative_concentration_index,
)
from jevn.indices.rank_within_bounds import erreygers_index, symmetric_index, wagstaff_index
from jevn.indices.rates import (
    Interval,
    Intervals,
    difference_of,
    event_rates,
    poisson_limits,
    proportion,
    proportions,
    rate,
)
from jevn.indices.regression import RankLine, rank_line, rii_linear, rii_mean, sii_linear
from jevn.indices.resampling import Bootstrap, Part
from jevn.indices.result import IndexResult, IndexResults, critical
from jevn.indices.ridits import ridits
from jevn.indices.settings import GroupedSettings, stacked
from jevn.indices.shrinkage import shrink_estimates
from jevn.indices.shrinkage_counts import shrink_counts, shrink_proportions
from jevn.indices.simple import difference, ratio
from jevn.indices.size_limits import (
    size_limits,
)
from jevn.indices.smallarea import ZoneEstimates
from jevn.indices.spatial import spatial_counts, spatial_estimates, spatial_proportions
from jevn.indices.standard_population import EUROPEAN_2013, StandardPopulation
from jevn.indices.standardised import (
    Standardised,
    directly_standardised_rate,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
    repeated_events,
)
from jevn.indices.summarise import summarise
from jevn.indices.trend import Trend, Trends, trend_of_index, trend_of_values
from jevn.indices.variance import (
    between_group_standard_deviation,
    between_group_variance,
    coefficient_of_variation,
)
from jevn.indices.welfare import (
    PUBLIC_AVERSION,
    PublicAversion,
    atkinson_index,
    equally_distributed_equivalent_atkinson,
    equally_distributed_equivalent_kolm,
    kolm_index,
)
from jevn.indices.zone_ranking import ZoneRanks, zone_ranks

__all__ = [
    "EUROPEAN_2013",
    "INDICES",
    "INDIVIDUAL_INDICES",
    "PUBLIC_AVERSION",
    "Bootstrap",
    "Comparison",
    "ConcentrationCurve",
    "ConcentrationDecomposition",
    "DeclaredScale",
    "Estimates",
    "ExcessCases",
    "Expectancy",
    "Family",
    "Funnel",
    "FunnelClass",
    "FunnelLimits",
    "GapParts",
    "GroupedData",
    "GroupedSettings",
    "Index",
    "IndexBounds",
    "IndexDifference",
    "IndexDifferences",
    "IndexOptions",
    "IndexResult",
    "IndexResults",
    "IndividualData",
    "IndividualResult",
    "Interval",
    "Intervals",
    "LifeTable",
    "Means",
    "Neighbourhood",
    "OaxacaDecomposition",
    "Part",
    "PersonColumns",
    "PersonGroups",
    "PublicAversion",
    "RankLine",
    "RateDecomposition",
    "Sign",
    "SpatialEstimates",
    "Spread",
    "StandardPopulation",
    "Standardised",
    "Storage",
    "Strata",
    "Trend",
    "Trends",
    "Unit",
    "ZoneEstimates",
    "ZoneRanks",
    "absolute_concentration_index",
    "all_pairs",
    "atkinson_index",
    "between_group_standard_deviation",
    "between_group_variance",
    "between_zones",
    "burden_positive",
    "coefficient_of_variation",
    "compared_with",
    "concentration_curve",
    "count_range",
    "critical",
    "das_gupta_decomposition",
    "declared_scale",
    "decompose_concentration_index",
    "difference",
    "difference_of",
    "difference_of_indices",
    "differences_from",
    "directly_standardised_rate",
    "equally_distributed_equivalent_atkinson",
    "equally_distributed_equivalent_kolm",
    "erreygers_index",
    "event_rates",
    "excess_cases",
    "expectancy_gap",
    "expectancy_settings",
    "extended_concentration_index",
    "funnel_classes",
    "funnel_limits",
    "gathered",
    "generalised_entropy_2",
    "gini_between_groups",
    "group_persons",
    "healthy_life_expectancy",
    "holm",
    "index",
    "index_bounds",
    "index_of_disparity",
    "index_of_disparity_unweighted",
    "indirectly_standardised_rate",
    "indirectly_standardised_ratio",
    "individual_index",
    "individual_indices",
    "kitagawa_decomposition",
    "kolm_index",
    "life_expectancy",
    "life_expectancy_groups",
    "life_table",
    "mean_difference_from_best",
    "mean_difference_from_best_unweighted",
    "mean_difference_from_mean",
    "mean_difference_from_mean_unweighted",
    "mean_difference_from_reference",
    "mean_difference_from_reference_unweighted",
    "mean_log_deviation",
    "mean_log_deviation_corrected",
    "microdata_indices",
    "neighbourhood",
    "notes_at",
    "oaxaca_blinder",
    "overlap_correlations",
    "poisson_limits",
    "population_attributable_fraction",
    "population_attributable_risk",
    "proportion",
    "proportions",
    "quantile_groups",
    "rank_line",
    "rate",
    "ratio",
    "relative_concentration_index",
    "repeated_events",
    "restricted_likelihood",
    "ridits",
    "rii_linear",
    "rii_logit",
    "rii_mean",
    "rii_poisson",
    "sample_means",
    "shrink_counts",
    "shrink_estimates",
    "shrink_proportions",
    "sii_linear",
    "sii_logit",
    "size_limits",
    "spatial_counts",
    "spatial_estimates",
    "spatial_proportions",
    "split_of_gap",
    "stacked",
    "summarise",
    "symmetric_index",
    "theil_index",
    "theil_index_corrected",
    "trend_of_index",
    "trend_of_values",
    "wagstaff_index",
    "with_errors_at_bounds",
    "zone_ranks",
]
