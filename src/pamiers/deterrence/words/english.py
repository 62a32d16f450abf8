"""The sentences of a stress test, in English."""

from collections.abc import Mapping
from typing import Final

#: what stands on the first page of everything that shows an outcome
LIMITS: Final = (
    (
        "These are necessary conditions within a model, not a forecast: nothing "
        "here says how likely it is that anybody keeps or breaks anything."
    ),
    (
        "Payoffs are the judgement of the people named with each figure. Replace "
        "them by your own and see what changes."
    ),
    (
        "Each party is taken as one actor that reckons. Spoilers, local "
        "commanders, misperception and domestic politics are outside the model."
    ),
    (
        "If taking part fails for a party, every clause that holds for it counts "
        "for nothing."
    ),
    (
        "Longer and harder responses look better here and burn more of the peace "
        "through false alarms; both figures are shown."
    ),
)

SENTENCES: Final[Mapping[str, str]] = {
    "peace-holds": "Taking part is the better choice everywhere in the stated ranges.",
    "peace-partly": (
        "Taking part is the better choice at the likeliest figures "
        "({likeliest:+.4g}), not everywhere in the ranges ({worst:+.4g})."
    ),
    "peace-fails": (
        "Going back to war is the better choice at the likeliest figures "
        "({likeliest:+.4g}). No clause can make up for that."
    ),
    "peace-shift": (
        "War put off is worth more than the peace in between: a shift of power "
        "that this model does not follow further."
    ),
    "clause-holds": (
        "{clause}: keeping is better everywhere in the ranges ({worst:+.4g} at worst)."
    ),
    "clause-partly": (
        "{clause}: keeping is better at the likeliest figures ({likeliest:+.4g}) "
        "and in {share:.0%} of the ranges, not in the worst corner ({worst:+.4g})."
    ),
    "clause-fails": (
        "{clause}: breaking is better at the likeliest figures ({likeliest:+.4g}); "
        "keeping is better in {share:.0%} of the ranges."
    ),
    "clause-accuses": (
        "{clause}: its alarms accuse compliers at least as often as they find "
        "breaches, so that a response teaches nothing."
    ),
    "clause-no-monitoring": (
        "{clause}: no amount of monitoring closes this; only speed, remedy or "
        "incentive can."
    ),
    "clause-detection": (
        "{clause}: found and laid to the right side in at least {least:.0%} of "
        "periods it would hold; today it is {now:.0%}."
    ),
    "clause-no-speed": "{clause}: even an answer at once would not close it.",
    "clause-lag": (
        "{clause}: answered within {days:.3g} days of being found it would hold."
    ),
    "clause-no-loss": "{clause}: no loss, however large, closes it.",
    "clause-loss": (
        "{clause}: a response that takes at least {least:.4g} would hold it; today "
        "it takes {now:.4g}."
    ),
    "clause-lever": "{clause}: the cheapest single change that closes it is {lever}.",
    "joint": (
        "Breaking {clauses} together pays {worth:+.4g} at the likeliest figures: "
        "one response follows them all."
    ),
    "joint-at-least": (
        "Breaking {clauses} together pays at least {worth:+.4g} at the likeliest "
        "figures; another set may pay more."
    ),
    "joint-worst": (
        "Breaking {clauses} together pays {worth:+.4g} in the worst corner of the "
        "ranges."
    ),
    "joint-worst-at-least": (
        "Breaking {clauses} together pays at least {worth:+.4g} in the worst "
        "corner of the ranges; another set may pay more."
    ),
    "trust-always": "Keeping is better whatever the other side does.",
    "trust-likely": (
        "Keeping is better once it is {least:.0%} sure that the other side keeps."
    ),
    "trust-risky": (
        "Keeping is better only when it is {least:.0%} sure that the other side "
        "keeps: more than an even chance."
    ),
    "trust-never": (
        "Breaking is better even when it is sure that the other side keeps."
    ),
    "step-never": (
        "{responder} would never carry out {step}: it costs more than it restores, "
        "everywhere in the ranges. It is counted as nought."
    ),
    "step-unlikely": (
        "{responder} would not carry out {step} at the likeliest figures: it costs "
        "more than it restores. There it is counted as nought."
    ),
    "step-doubtful": (
        "{responder} may not carry out {step}: in part of the ranges it costs more "
        "than it restores."
    ),
    "change-none-needed-likeliest": (
        "Nothing needs to change at the likeliest figures."
    ),
    "change-none-needed-ranges": "Nothing needs to change anywhere in the ranges.",
    "change-likeliest": (
        "Cheapest package that closes everything for both at the likeliest "
        "figures: {levers} (cost {cost:g})."
    ),
    "change-ranges": (
        "Cheapest package that closes everything for both everywhere in the "
        "ranges: {levers} (cost {cost:g})."
    ),
    "change-none-likeliest": (
        "No package of the levers on the menu closes everything for both at the "
        "likeliest figures."
    ),
    "change-none-ranges": (
        "No package of the levers on the menu closes everything for both "
        "everywhere in the ranges."
    ),
    "change-not-below-likeliest": (
        "No package that costs less than {cost:g} closes everything at the "
        "likeliest figures; dearer ones were not tried."
    ),
    "change-not-below-ranges": (
        "No package that costs less than {cost:g} closes everything in the ranges; "
        "dearer ones were not tried."
    ),
}
