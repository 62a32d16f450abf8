"""What a stress test says, in sentences: a module per language, all complete."""

from collections.abc import Mapping
from typing import Final

from pamiers.core.share import Share
from pamiers.deterrence.remarks import Remark
from pamiers.deterrence.words import english, ukrainian

LIMITS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": english.LIMITS,
    "uk": ukrainian.LIMITS,
}
SENTENCES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": english.SENTENCES,
    "uk": ukrainian.SENTENCES,
}


def sentence(remark: Remark, language: str) -> str:
    """Return a remark as a sentence.

    Args:
        remark: What to say.
        language: `en` or `uk`; another falls back to English.

    Returns:
        The sentence, with the ids of clauses, steps and levers as they stand.
    """
    texts = SENTENCES.get(language, SENTENCES["en"])
    told = {
        name: Share(figure) if isinstance(figure, float) else figure
        for name, figure in remark.figures.items()
    }
    figures = {"clause": remark.clause, "party": remark.party, **told}
    return texts[remark.code].format(**figures)
