"""Ukrainian: approximate figures, times in office, duties in step."""

from typing import Final

TERMS: Final = {
    "about": "приблизно {amount}",
    "tolerance.one": "Число приблизне; його оцінюють з відхиленням до {shares}.",
    "tolerance.several": (
        "Число приблизне; його оцінюють паралельно з кожним із таких "
        "відхилень: {shares}."
    ),
    "life.extended": (
        "Чинність продовжено до такого моменту: {until}; про це домовлено: {on}{by}."
    ),
    "life.extended.blank": "Як продовжено чинність: [належить узгодити].",
    "role.chair": "Головує: {who}.",
    "role.vice": "Заступники голови: {who}.",
    "role.hosted": "Засідання приймає: {who}.",
    "role.command": "Підпорядкування: {who}.",
    "role.named": "Призначає: {who}.",
    "role.mandate": "Повноваження: {term}{by}.",
    "role.mandate.blank": "Повноваження: [належить узгодити].",
    "role.seat": "{actor}: {number}",
    "role.seats": "Місця: {seats}.",
    "role.renewal": "Як можна поновити повноваження: {rule}.",
    "office.from": "початок — {moment}",
    "office.until": ", кінець — {moment}",
    "office.lasts": ", тривалість — {time}",
    "office.by": ", підстава: {by}",
    "anchor.verified": (
        "це мить, коли всі зобов’язані виконали {clause} та всі, хто має, підтвердили"
    ),
    "alongside": (
        "Паралельно з {clause}: виконати не пізніше ніж через {time:accusative} "
        "після того; жодне не чекає на інше."
    ),
    "alongside.open": (
        "Паралельно з {clause}; текст не каже, наскільки вони можуть "
        "розходитися в часі."
    ),
    "alongside.blank": "Паралельно з: [належить узгодити].",
    "edge.end.of.plain": "кінець дня {day}",
    "edge.start.of.plain": "початок дня {day}",
    "edge.day.after.plain": "день, наступний за {day}",
    "edge.end.of.counted.plain": "кінець дня, на який припадає {day}",
    "edge.start.of.counted.plain": "початок дня, на який припадає {day}",
    "edge.day.after.counted.plain": "день, наступний за {day}",
    "table.step": "паралельно з {clause}",
}
