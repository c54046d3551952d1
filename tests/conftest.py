"""How examples are drawn: on a loaded machine one may take its time.

Where ``CI`` is set Hypothesis draws the same examples each time by itself: what lands does not hang on luck. A
developer's own run looks for new ones.
"""

from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
if settings.get_current_profile_name() != "ci":
    settings.load_profile("patient")
