"""What a plan says, in sentences: a module per language, both complete."""

from collections.abc import Mapping
from typing import Final

from pamiers.core.share import Share
from pamiers.deployment.remarks import Remark
from pamiers.deployment.words import english, ukrainian

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
        The sentence, with ids as they stand.
    """
    texts = SENTENCES.get(language, SENTENCES["en"])
    figures = {
        name: Share(figure) if isinstance(figure, float) else figure
        for name, figure in remark.figures.items()
    }
    return texts[remark.code].format(**figures)
