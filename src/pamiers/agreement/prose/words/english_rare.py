"""English: forms that few texts need."""

from typing import Final

PHRASES: Final = {
    "every.unstated": "{bearer} shall effect {what}{where} again and again{due}{time}.",
    "every.never": "How often, the text does not say: it is never late, and never "
    "found kept.",
    "while": "It holds only while there is, by what is on record: {states}.",
    "unless.while": "only while there is: {said}",
    "where.day.less": "{what} is before {value}",
    "where.day.at.most": "{what} is no later than {value}",
    "where.day.more": "{what} is after {value}",
    "where.day.at.least": "{what} is {value} or later",
    "what.not.by": " by anybody but {who}",
    "pledge.joint": "{by} pledge together, one amount between them: {of}{at_least}"
    "{up_to}{where}{when}.",
    "pledge.due": ", no later than {moment}",
    "pledge.stage": "At least {n} in all no later than {moment}{cite}.",
    "text.part": "It is part of {texts}: who signed that has signed this, unless "
    "told otherwise.",
    "text.supersedes": "It takes the place of {texts}.",
    "text.effect": "It gives effect to {texts}.",
}
LABELS: Final = {
    "while": "while",
    "not_by": "by anybody but",
    "due": "due",
    "stages": "stages",
    "gives_effect_to": "gives effect to",
    "part_of": "part of",
    "supersedes": "supersedes",
}
