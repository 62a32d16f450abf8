"""The sentences of a plan, in English."""

from collections.abc import Mapping
from typing import Final

#: what stands before everything that shows a plan
LIMITS: Final = (
    "Curves, prices, sites and caveats are the word of the people named in the file.",
    (
        "What is noticed is counted in the worst stretch and the worst hour: whoever "
        "breaks a clause chooses both."
    ),
    (
        "Margins are necessary conditions within a model, not a forecast of what "
        "anybody will do."
    ),
    (
        "Where posts stand and where they see little is a guide to evasion: it stays "
        "with those who place them."
    ),
)

SENTENCES: Final[Mapping[str, str]] = {
    "certificate": (
        "The smallest margin rises from {before:+.3g} to {value:+.3g} periods "
        "of peace; at most {left:.1%} better than that is possible within these limits."
    ),
    "certificate-enough": (
        "The smallest margin that monitoring can close rises from {before:+.3g} to at "
        "least what was asked for ({value:+.3g} periods of peace); more than that is "
        "not counted, so that no plan does better by that measure."
    ),
    "certificate-none": (
        "Nothing that may be placed raises the smallest margin ({value:+.3g}); no plan "
        "within these limits brings it above {bound:+.3g}."
    ),
    "open": (
        "No amount of monitoring closes {clauses}: what is left over is spent on them, "
        "and they are not part of the smallest margin."
    ),
    "equity": (
        "The two sides are watched alike to within {unequal:.0%}; {allowed:.0%} was "
        "allowed."
    ),
    "equity-open": (
        "The two sides are watched alike to within the {allowed:.0%} allowed."
    ),
    "uneven-open": (
        "The two sides are not watched alike to within the {allowed:.0%} allowed."
    ),
    "uneven": (
        "The two sides are not watched alike: {unequal:.0%} apart, {allowed:.0%} was "
        "allowed."
    ),
    "used": (
        "{posts} posts cost {cost:g} of {budget:g} {unit}, and need {persons:.0f} of "
        "{most:.0f} persons on the roll."
    ),
    "needed": (
        "To close every clause that monitoring can close takes about {posts} posts, "
        "{cost:g} {unit} and {persons:.0f} persons."
    ),
    "needed-more": (
        "These sites and kinds do not close every clause that monitoring could, "
        "whatever the money and the persons."
    ),
    "pledged": (
        "{contingent}: {used:.0f} persons are needed of {here:.0f} that it brings; "
        "{pledge} pledges up to {most:.0f}, of which {delivered:.0f} have come."
    ),
    "pledged-open": (
        "{contingent}: {used:.0f} persons are needed of {here:.0f} that it brings; no "
        "figure is pledged for them."
    ),
    "loss-contingent": (
        "Without the contingent {what}, {posts} posts go and the smallest margin is "
        "{value:+.3g}."
    ),
    "loss-road": (
        "Without the road {what}, {posts} posts go and the smallest margin is "
        "{value:+.3g}."
    ),
    "loss-means": (
        "If all {what} are blind, {posts} posts go and the smallest margin is "
        "{value:+.3g}."
    ),
    "lottery": (
        "{clause}: visits work apart from posts. The {visits} visits are for "
        "{occasions} occasions, which is enough: {announced:.0%} of occasions, "
        "announced beforehand, would deter what is visited by the penalty that the "
        "file states. Drawn by lot with nothing announced, the next occasion is "
        "visited with probability {now:.0%}. The margins do not count visits."
    ),
    "lottery-short": (
        "{clause}: visit at the next occasion with probability {now:.0%}, drawn by "
        "lot; announced, {announced:.0%} of occasions would deter, and {visits} visits "
        "for {occasions} occasions are too few."
    ),
}
