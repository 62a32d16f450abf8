"""English: approximate figures, times in office, duties in step."""

from typing import Final

TERMS: Final = {
    "about": "about {amount}",
    "tolerance.one": "The figure is approximate and is judged give or take {shares}.",
    "tolerance.several": (
        "The figure is approximate; it is judged give or take each of "
        "these, side by side: {shares}."
    ),
    "life.extended": "It was extended until {until}, as agreed on {on}{by}.",
    "life.extended.blank": "How it was extended: [to be agreed].",
    "role.chair": "Chaired by {who}.",
    "role.vice": "Vice-chaired by {who}.",
    "role.hosted": "Hosted by {who}.",
    "role.command": "Under the command of {who}.",
    "role.named": "Appointed by {who}.",
    "role.mandate": "In office {term}{by}.",
    "role.mandate.blank": "In office: [to be agreed].",
    "role.seat": "{actor}: {number}",
    "role.seats": "Seats: {seats}.",
    "role.renewal": "How the mandate may be renewed: {rule}.",
    "office.from": "from {moment}",
    "office.until": " until {moment}",
    "office.lasts": " for {time}",
    "office.by": ", by {by}",
    "anchor.verified": (
        "this is when all who owe it have done {clause} and all who "
        "have to have verified it"
    ),
    "alongside": (
        "In step with {clause}: done at most {time} after that was "
        "done; neither waits for the other."
    ),
    "alongside.open": (
        "In step with {clause}; the text does not say how far apart the two may be."
    ),
    "alongside.blank": "In step with: [to be agreed].",
    "edge.end.of.plain": "the end of {day}",
    "edge.start.of.plain": "the start of {day}",
    "edge.day.after.plain": "the day after {day}",
    "edge.end.of.counted.plain": "the end of the day on which {day} falls",
    "edge.start.of.counted.plain": "the start of the day on which {day} falls",
    "edge.day.after.counted.plain": "the day after {day}",
    "table.step": "in step with {clause}",
}
