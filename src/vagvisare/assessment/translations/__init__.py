"""Published methods, each exactly as its body publishes it, beside our own verdict and never instead of it.

``METHODS`` maps a method's name to the method: all series in, one answer for each. ``translate`` asks every method that
can judge a single series about one of ours. Each module names its source, its status words and what it keeps of the
method's weaknesses. docs/do/translate-methods.md lists them all.
"""

from vagvisare.assessment.translations.case_series import NOT_AVAILABLE, Answer, CaseSeries, Method
from vagvisare.assessment.translations.ours import METHODS, STATUSES, case_series, translate

__all__ = ["METHODS", "NOT_AVAILABLE", "STATUSES", "Answer", "CaseSeries", "Method", "case_series", "translate"]
