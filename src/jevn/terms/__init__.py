"""The words everything else is said with: areas, dimensions, reach, criteria, scales, errors."""

from jevn.terms.areas import AREAS, EffortArea
from jevn.terms.criteria import CRITERIA, Criterion
from jevn.terms.dimensions import DIMENSIONS, SocialDimension, group_order
from jevn.terms.errors import InputRefused, Problem, UserError
from jevn.terms.language import LANGUAGES, Language, LocalText, Message, Say
from jevn.terms.reach import Reach
from jevn.terms.refs import Ref, RefKind
from jevn.terms.scales import Polarity, Scale

__all__ = [
    "AREAS",
    "CRITERIA",
    "DIMENSIONS",
    "LANGUAGES",
    "Criterion",
    "EffortArea",
    "InputRefused",
    "Language",
    "LocalText",
    "Message",
    "Polarity",
    "Problem",
    "Reach",
    "Ref",
    "RefKind",
    "Say",
    "Scale",
    "SocialDimension",
    "UserError",
    "group_order",
]
