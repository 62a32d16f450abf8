"""The labels of the report of a stress test, in English."""

from collections.abc import Mapping
from typing import Final

LABELS: Final[Mapping[str, str]] = {
    "title": "Would it hold?",
    "subtitle": "A stress test, within stated ranges",
    "foot": "{agreement}: stress test. Page",
    "period": "One period is {days:g} days. Payoffs are in {unit}.",
    "draws": "Shares are over {draws:,} draws from the stated ranges, seed {seed}.",
    "limits": "What this is, and what it is not",
    "assumed": "Assumptions",
    "assumed-about": (
        "Every figure is a range that somebody stated. Replace any of them and see "
        "what changes."
    ),
    "basis": "{author}, {on}: {source}",
    "figures-of": "{n} figures",
    "who": "Whose judgement",
    "figures": "Figures",
    "summary": "In short",
    "weakest-of": (
        "{party}: the weakest clause is {clause}, with a margin of {margin} at the "
        "likeliest figures and {worst} in the worst corner, because a breach gains "
        "{gain} {unit}, is found and laid to the right side in {found} of periods, is "
        "answered {time} later, and then costs {loss} {unit} in all."
    ),
    "heat": "Clause by party",
    "heat-about": (
        "The margin is what keeping is worth beyond breaking, at the "
        "likeliest figures; "
        "below it the worst corner of the ranges, the share of the draws in which "
        "keeping is better, and after ⚙ the cheapest single lever that closes it."
    ),
    "clause": "Clause",
    "taking-part": "taking part at all",
    "holds": "holds everywhere",
    "partly": "not everywhere",
    "fails": "fails",
    "cell": "worst {worst}, {share} of the draws",
    "lever": "⚙ {lever}",
    "lever-likeliest": "⚙ {lever}, at the likeliest",
    "thresholds": "What would have to be true",
    "thresholds-about": (
        "Each figure alone, everything else as likeliest. Where more detection cannot "
        "close a clause, only speed, remedy or incentive can."
    ),
    "least-detection": "found and laid to a side in at least (now)",
    "longest-lag": "answered within, days (now)",
    "least-loss": "loss to the breaker at least, in all (now)",
    "never": "none is enough",
    "any": "any",
    "joint": "Several clauses together",
    "joint-about": (
        "Plus is what the breaker wins, over one period of breach and the delay after "
        "it. Margins count a lasting breach until it is answered: do not compare them."
    ),
    "joint-none": "Breaking several clauses together pays nobody more than one alone.",
    "others": "Trust and responders",
    "change": "The cheapest change",
    "tornado": "What moves the weakest clause of {party}: {clause}",
    "tornado-words": (
        "The figure that moves this margin most is {figure}: from {low} at its lowest "
        "to {high} at its highest. Light bars are lowest, dark bars highest figures."
    ),
    "margin": "margin [unit of payoff]; dashed: nought",
    "frontier": "What packages cost and reach",
    "frontier-words": (
        "Of {packages} packages {best} are not bettered, in the worst corner or at the "
        "likeliest figures, by one that costs as little; the most that any reaches in "
        "the worst corner is {most}. Above the dashed line everything holds "
        "in the worst corner."
    ),
    "cost": "cost",
    "smallest-worst": "smallest margin, worst corner",
    "smallest-likeliest": "smallest margin, likeliest",
    "letter": "Package",
    "levers": "Levers",
    "no-lever": "nothing changed",
    "delay-chart": "Detection and delay for {party}: {clause}",
    "delay-words": (
        "At today's delay the clause holds from a detection of {least}; today it is "
        "{now}. Keeping is better in the shaded area; where it is hatched, no "
        "detection is enough."
    ),
    "delay-never": (
        "At today's delay no detection is enough; today it is {now}. Keeping is better "
        "in the shaded area; in the hatched one no amount of monitoring closes it."
    ),
    "delay": "days from being found until answered",
    "detection": "found and laid to the right side, per period",
    "today": "today",
    "ladder": "Longer responses: what they deter, and what they burn",
    "ladder-words": (
        "With the responses as stated {now} of the peace is left after false alarms, "
        "at four times their length {long}; the smaller of both sides."
    ),
    "kept": "worth of peace left, as a share",
    "times": "length of every step, as a multiple of what is stated",
    "strips": "Twenty runs by lot for {party}: {clause}",
    "strips-words": (
        "Of {runs} runs of a party that keeps, {falsely} see a "
        "response by false alarm; "
        "of as many that break, {found} are answered. Each strip is one run of "
        "{periods} periods; the figures are stated, the lot is drawn with a seed."
    ),
    "keeps": "keeps the clause",
    "breaks": "breaks the clause in the first period",
    "quiet": "quiet",
    "broken": "breach goes on",
    "answered": "response in force",
    "watched": "Where it is watched",
    "bands-about": (
        "In which band lies the least that the plan of posts notices in any stretch, "
        "of either side. Exact chances are for those who place posts."
    ),
    "bands": "Noticed, of either side",
    "band-0": "under 25%",
    "band-1": "25 to 50%",
    "band-2": "50 to 75%",
    "band-3": "75% or more",
    "watched-about": (
        "The least that the plan of posts notices in any stretch, by clause and hour. "
        "Where that is stays with those who place posts."
    ),
    "annex": "Protected annex: where the plan sees least",
    "annex-about": "A guide to evasion: for those who place posts and for nobody else.",
    "area": "Area",
    "stretch": "Stretch, east and north",
    "hour": "Hour",
    "party": "Party",
    "noticed": "Noticed",
    "figure": "Figure",
    "range": "Lowest, likeliest, highest",
    "whose": "Basis",
    "all-figures": "Every figure that was assumed",
    "warnings": "What the check of the files says",
    "against": "Beside {other}",
    "at-lowest": "Margin at its lowest",
    "at-highest": "Margin at its highest",
    "needed-detection": "Detection needed",
    "run": "Run",
    "periods-broken": "Periods of breach",
    "periods-answered": "Periods answered",
    "kept-by": "Worth of peace left: {party}",
    "smallest-by": "Smallest margin: {party}",
    "menu": "What each lever does, and who pays",
    "menu-about": (
        "Each lever moves the figures named here and nothing else. Costs and who "
        "would pay are what the file says."
    ),
    "lever-is": "Lever",
    "does": "What it changes",
    "payer": "Who pays",
    "payer-open": "not stated",
    "change-add": "{what} {by:+g}",
    "change-days": "{what} {by:+g} days",
    "change-times": "{what} × {by:g}",
    "change-to": "{what} becomes {by:g}",
    "change-to-days": "{what} becomes {by:g} days",
    "of-gain": "gain of a breach",
    "of-detection": "detection",
    "of-verification": "verification",
    "of-attribution": "attribution",
    "of-false_alarm": "false alarms",
    "of-lag": "delay until the response",
    "of-correlation": "correlation of the means",
    "of-after": "start of the step",
    "of-lasts": "length of the step",
    "of-loss": "loss by the step",
    "of-credibility": "credibility of the step",
    "of-cost": "cost to the responder",
    "of-restores": "worth to the responder",
    "of-peace": "worth of peace",
    "of-war": "worth of war",
    "of-first_strike": "gain of striking first",
    "of-discount": "worth of the next period",
    "trust-about": (
        "What each side gets in one period, at the likeliest figures. Its risk is "
        "what it loses if it keeps and is let down; its interest is what it gives "
        "up if it breaks while the other keeps. Keeping is better from a chance "
        "of risk / (risk + interest) that the other side keeps. That is what "
        "would have to be believed, not a forecast of what anybody will do."
    ),
    "case": "What happens",
    "both-keep": "both keep",
    "only-other": "this side keeps, the other breaks",
    "only-self": "this side breaks, the other keeps",
    "both-break": "both break",
    "sure-at-least": "keeping is better from a chance of",
    "sure-never": "never",
    "sure-always": "any",
    "watched-unit": (
        "The plan counts margins in periods of peace, so that both sides are "
        "measured alike. One such period is worth {worths} ({unit}): divide the "
        "margins of this report by that."
    ),
    "smallest": "smallest margin",
    "in-corner": "worst corner",
    "at-likeliest": "likeliest figures",
    "frontier-likeliest": (
        "At the likeliest figures everything holds from a cost of {cost}."
    ),
    "frontier-likeliest-never": (
        "At the likeliest figures, too, no package closes everything."
    ),
    "strips-along": "period",
    "package": (
        "Cheapest package that closes everything for both at the likeliest figures: "
        "{levers}. It costs {cost} {unit}, paid by {payers}. The smallest margin with "
        "it is {likeliest} at the likeliest figures and {worst} in the worst corner; "
        "taking part and every clause hold in this share of the draws: {shares}."
    ),
    "above-watching": "{least}: more than watching can give, at most {most}",
    "in-days": "{n} days",
    "in-hours": "{n} h",
    "others-trust": "Trust",
    "said-clause-fails": (
        "{clause}: breaking is better at the likeliest figures ({likeliest}); keeping "
        "is better in {share:.0%} of the draws."
    ),
    "said-clause-detection-above": (
        "{clause}: it would hold if a breach were found and laid to the right side in "
        "at least {least:.0%} of periods (today {now:.0%}), but that is more than "
        "watching can give: at most {most:.0%} with verification and attribution as "
        "they are."
    ),
    "said-clause-lag": (
        "{clause}: if answered within {time} of being found, it would hold."
    ),
    "said-clause-loss": (
        "{clause}: if a response cost the breaker at least {least} {unit} in all, it "
        "would hold; today it costs {now}."
    ),
    "said-trust-likely": (
        "keeping is better for {party} once {party} is {least:.0%} sure that the "
        "other side keeps."
    ),
    "said-trust-risky": (
        "keeping is better for {party} only if {party} is at least {least:.0%} sure "
        "that the other side keeps: more than an even chance."
    ),
    "each-period": "in each period {n}",
}
