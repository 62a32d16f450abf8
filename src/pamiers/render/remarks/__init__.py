"""What a stress test and a plan say, in every language that pages are made in.

Main verbs: `stress_sentence`, `plan_sentence`. The engines bring English and
Ukrainian; French and Latvian stand here. A sentence that a language has not got is told
in English. May import: deterrence and deployment.
"""

from collections.abc import Mapping
from typing import Final

from pamiers.core.share import Share
from pamiers.deployment.remarks import Remark as PlanRemark
from pamiers.deployment.words import LIMITS as PLAN_LIMITS
from pamiers.deployment.words import sentence as plan_told
from pamiers.deterrence.remarks import Remark
from pamiers.deterrence.words import LIMITS, sentence
from pamiers.render.remarks import french, latvian

Sentences = Mapping[str, str]
#: of the languages that stand here; the others are those of the engines
_STRESS_LIMITS: Final[Mapping[str, tuple[str, ...]]] = {
    **LIMITS,
    "fr": french.STRESS_LIMITS,
    "lv": latvian.STRESS_LIMITS,
}
_PLAN_LIMITS: Final[Mapping[str, tuple[str, ...]]] = {
    **PLAN_LIMITS,
    "fr": french.PLAN_LIMITS,
    "lv": latvian.PLAN_LIMITS,
}
_STRESS: Final[Mapping[str, Sentences]] = {"fr": french.STRESS, "lv": latvian.STRESS}
_PLAN: Final[Mapping[str, Sentences]] = {"fr": french.PLAN, "lv": latvian.PLAN}


def stress_limits(language: str) -> tuple[str, ...]:
    """Return what a stress test is not; it stands before everything."""
    return _STRESS_LIMITS.get(language, LIMITS["en"])


def plan_limits(language: str) -> tuple[str, ...]:
    """Return what a plan is not; it stands before everything."""
    return _PLAN_LIMITS.get(language, PLAN_LIMITS["en"])


def stress_sentence(remark: Remark, language: str) -> str:
    """Return a remark of a stress test as a sentence.

    Args:
        remark: What to say.
        language: `en`, `uk`, `fr` or `lv`; another falls back to English.

    Returns:
        The sentence, with the names in the remark as they stand.
    """
    texts = _STRESS.get(language, {})
    if remark.code not in texts:
        return sentence(remark, language)
    named = {"clause": remark.clause, "party": remark.party}
    return texts[remark.code].format(**named, **_told(remark.figures))


def plan_sentence(remark: PlanRemark, language: str) -> str:
    """Return a remark of a plan as a sentence.

    Args:
        remark: What to say.
        language: `en`, `uk`, `fr` or `lv`; another falls back to English.

    Returns:
        The sentence, with the names in the remark as they stand.
    """
    texts = _PLAN.get(language, {})
    if remark.code not in texts:
        return plan_told(remark, language)
    return texts[remark.code].format(**_told(remark.figures))


def _told(figures: Mapping[str, object]) -> dict[str, object]:
    """Return figures of which a share is not told as all or none unless it is."""
    return {
        name: Share(figure) if isinstance(figure, float) else figure
        for name, figure in figures.items()
    }
