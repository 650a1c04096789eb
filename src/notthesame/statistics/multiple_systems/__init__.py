"""Multiple-systems estimation: how many people are on no list, from lists that overlap.

The model is Poisson log-linear on all patterns of lists, with two-list terms. That models fit equally does
not make them agree on the unseen (Aleshin-Guendel and others); so there is every model, and a bootstrap that
chooses anew in each resample.
"""

from .lists import Lists, read_lists
from .models import Fit, fit, model_space, stepwise
from .resampling import Bootstrap, Resamples, bootstrap
from .two_lists import TwoLists, chapman

__all__ = [
    "Bootstrap",
    "Fit",
    "Lists",
    "Resamples",
    "TwoLists",
    "bootstrap",
    "chapman",
    "fit",
    "model_space",
    "read_lists",
    "stepwise",
]
