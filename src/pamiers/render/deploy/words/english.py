"""The labels of the report of a plan, in English."""

from collections.abc import Mapping
from typing import Final

LABELS: Final[Mapping[str, str]] = {
    "title": "Where to watch",
    "public": "OPEN EDITION: a plan of posts, for everybody",
    "protected": "PROTECTED: a plan of posts, only for those who place them",
    "foot": "{edition}. {agreement}. Page",
    "limits": "What this is, and what it is not",
    "left-out": (
        "This edition leaves out where posts stand, which stretch is watched least, "
        "how likely a breach is noticed but for four bands, alike for both sides, by "
        "how much a clause holds, how visits are drawn, what sensors see by hour, and "
        "what is lost without a part of the plan."
    ),
    "assumed": "Assumptions",
    "assumed-about": (
        "Every figure is stated by somebody or fitted to drills; all are listed at the "
        "end. Replace any of them and see what changes."
    ),
    "who": "Whose judgement",
    "figures": "Figures",
    "basis": "{author}, {on}: {source}",
    "figures-of": "{n} figures",
    "summary": "The plan and its certificate",
    "watched": "Watched by clause and hour",
    "watched-about": (
        "The least that is noticed in any stretch, at the likeliest figures: whoever "
        "breaks a clause chooses place and hour. A full bar is certainty."
    ),
    "bands-about": (
        "In which band lies the least that is noticed in any stretch, of either side, "
        "at the likeliest figures. Exact chances are in the protected edition."
    ),
    "bands": "Noticed, of either side",
    "band-0": "under 25%",
    "band-1": "25 to 50%",
    "band-2": "50 to 75%",
    "band-3": "75% or more",
    "margins-open": (
        "Margins with nothing placed are in periods of peace, at the likeliest "
        "figures; with the plan it is said whether keeping is better, not by how much."
    ),
    "asked": "{value} or more",
    "asked-about": (
        "“{value} or more” reaches all that was asked for: what is spent beyond the "
        "least such row goes to clauses that still fail, and raises nothing shown here."
    ),
    "clause": "Clause",
    "hour": "Hour",
    "party": "Party",
    "margins": "What it does to the margins",
    "margins-about": (
        "Noticed in the worst stretch and hour, at the lowest, likeliest and highest "
        "figures; margins are in periods of peace, at the likeliest."
    ),
    "noticed": "Noticed",
    "without": "Margin without",
    "with": "Margin with the plan",
    "holds": "keeping is better",
    "fails": "breaking pays",
    "maps": "Map: {clause}",
    "map-exact": (
        "Dots are sites, larger the more posts stand there ({posts} posts at {sites} "
        "sites); north is up. On each side the stretch that is watched least has a "
        "thick edge and a cross; thin lines part stretches. Least: {least}."
    ),
    "least-at": "{hour} {share}",
    "km": "20 km",
    "below": "below {share}",
    "from": "from {share}",
    "nothing": "nothing to watch",
    "pledged": "Pledged against needed",
    "pledged-about": (
        "Persons on the roll, by contingent, each rounded up; still to come is what "
        "the plan needs less what has come. Their sum may exceed that of the plan by "
        "the rounding; contingents of one pledge share its figure."
    ),
    "contingent": "Contingent",
    "needed": "The plan needs",
    "brings": "It brings",
    "pledge": "Pledged, up to",
    "come": "Have come",
    "gap": "Still to come",
    "no-figure": "no figure",
    "money": "What money buys",
    "money-words": (
        "The smallest margin for {least} to {most} of the money that is stated, with "
        "the same sites, persons and caveats: from {low} to {high} periods of peace. "
        "The ring is this plan; dashed is what was asked for."
    ),
    "cost": "cost, {unit}",
    "smallest": "smallest margin",
    "share": "Of the money stated",
    "spent": "Spent",
    "posts": "Posts",
    "persons": "Persons",
    "losses": "What if a part is lost",
    "losses-about": (
        "Nothing takes its place, and a margin below nought says that breaking some "
        "clause pays. This part is protected: it says what is worth disturbing."
    ),
    "lost": "Lost",
    "contingent-lost": "contingent {what}",
    "road-lost": "{what}",
    "means-lost": "means {what}, all blind",
    "left": "Smallest margin left",
    "annex": "Protected annex: where posts stand",
    "annex-about": "A guide to evasion: for those who place posts and for nobody else.",
    "gaps": "Protected annex: where the plan sees least",
    "site": "Site",
    "kind": "Kind",
    "cost-of": "Cost",
    "area": "Area",
    "stretch": "Stretch, east and north",
    "all-figures": "Every figure that was assumed",
    "figure": "Figure",
    "range": "Lowest, likeliest, highest",
    "whose": "Basis",
}
