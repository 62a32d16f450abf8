"""English: forms that few texts need."""

from typing import Final

PHRASES: Final = {
    "every.unstated": "{bearer} shall effect {what}{where} again and again{due}{time}.",
    "every.never": "How often, the text does not say: it is never late, and never "
    "found kept.",
}
