"""Ukrainian: forms that few texts need."""

from typing import Final

PHRASES: Final = {
    "every.unstated": "{bearer} належить регулярно здійснювати: {what}{where}{due}"
    "{time}.",
    "every.never": "Як часто, текст не встановлює: запізнення немає, дотримання не "
    "визнається.",
    "while": "Діє лише доти, доки є, за записами: {states}.",
    "unless.while": "лише поки є: {said}",
    "where.day.less": "{what}: раніше {value}",
    "where.day.at.most": "{what}: не пізніше {value}",
    "where.day.more": "{what}: пізніше {value}",
    "where.day.at.least": "{what}: не раніше {value}",
    "what.not.by": " (з боку будь-кого, крім: {who})",
    "pledge.joint": "{by} обіцяють разом, одну кількість на всіх: {of}{at_least}"
    "{up_to}{where}{when}.",
    "pledge.due": ", не пізніше {moment}",
    "pledge.stage": "Щонайменше {n} загалом не пізніше {moment}{cite}.",
    "text.part": "Є частиною: {texts}; хто підписав ціле, той підписав цю частину, "
    "якщо не сказано інакше.",
    "text.supersedes": "Замінює: {texts}.",
    "text.effect": "Впроваджує: {texts}.",
}
LABELS: Final = {
    "while": "доки",
    "not_by": "будь-ким, крім",
    "due": "строк",
    "stages": "етапи",
    "gives_effect_to": "впроваджує",
    "part_of": "частина",
    "supersedes": "замінює",
}
