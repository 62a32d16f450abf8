"""Small words that steer a sentence: position, assessment, scope, partition."""

from pamiers.ingest.smm.stream import Phrasebook
from pamiers.ingest.smm.wordlist import phrases

#: What follows names where the observer stood.
POSITION: Phrasebook[str] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
positioned|stationary|located|while|whilst|standing|stationed|parked
while positioned|whilst positioned|whilst stationary|while at|from its position
from a position|from an observation point|from its positions
from an observation post|from its observation post|was positioned|from a location
being positioned|when positioned|while stationary|while standing|whilst standing
while located|from its location|while conducting|while driving|while travelling
while operating|travelling|driving|stopped
"""
        ),
        "position",
    )
)

ASSESSED: Phrasebook[str] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
assessed as|assessed to be|assessed to have been|assessed likely as
which the smm assessed as|the smm assessed as|it assessed as|which it assessed as
that the smm assessed as|that it assessed as|consistent with|believed to be
assessed as being|assessed by the smm as|all assessed as|both assessed as|likely
probably|thought to be|assessed as likely|assessed as probable|assessed to likely be
assessed as probably|which the mission assessed as|the mission assessed as
which were assessed as|which was assessed as|were assessed as|was assessed as
some assessed as|most assessed as|mostly assessed as|which it assessed to be
the smm assessed to be|assessed to have come from|some of which were assessed as
most of which were assessed as|all of which were assessed as
many of which were assessed as|both of which were assessed as
the smm assessed them as|the majority of which were assessed as
the majority of which was assessed as|some of which it assessed as
all of which it assessed as|mostly consistent with|assessed not as
a majority of which were assessed as|the smm assessed the explosions as|caused by
most assessed to be|concluding that|concluded that|concluding that either
"""
        ),
        "assessed",
    )
)

#: "of which", "of them": what follows divides the count before, not adds to it.
PARTITION: Phrasebook[str] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
of which|of whom|of these|of them|of the weapons|among them|among which|of those
of the total|including|included|namely|which included|some of which|most of which
the majority of which|such as|comprising|consisting of|the rest|the remainder
in addition to which
"""
        ),
        "partition",
    )
)

VIOLATES: Phrasebook[str] = Phrasebook(
    {
        f"{lead}{adjective}withdrawal {line}": meaning
        for lead, meaning in (
            ("in violation of ", "violation"),
            ("in violation of the ", "violation"),
            ("violating ", "violation"),
            ("violating the ", "violation"),
            ("beyond ", "beyond"),
            ("beyond the ", "beyond"),
            ("in compliance with ", "compliance"),
        )
        for adjective in (
            "",
            "respective ",
            "relevant ",
            "agreed ",
            "their respective ",
        )
        for line in ("lines", "line")
    }
    | {
        f"{lead} {adjective}storage {site}": "storage"
        for lead in (
            "outside",
            "outside of",
            "but outside",
            "but outside of",
            "inside",
            "at",
            "in",
        )
        for adjective in (
            "",
            "designated ",
            "permanent ",
            "weapons permanent ",
            "of designated ",
        )
        for site in ("sites", "site", "areas", "area")
    }
)

#: What is said to be away, lacking, or still there.
ABSENT: Phrasebook[str] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
missing|absent|no longer present|no longer there|no longer at the site|no longer seen
no longer visible|no longer stored|not present|was not present|were not present
were not there|was not there|no longer observed|no longer at the location
"""
        ),
        "away",
    )
    | dict.fromkeys(phrases("absence of|the absence of|lack of"), "lacking")
    | dict.fromkeys(phrases("present|still there|still present"), "there")
)

#: Safe chunks that may be passed over whole.
ASIDES: Phrasebook[str] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
in sequence|for the first time|for the second time|as well as|each other|in addition
at least|as compared with|compared with|compared to|see below|see above
see section below|amongst others|in total|in all|over their heads|above their heads
in the air|at the time|at times|due to the|in accordance with|on both sides|despite
respectively|half of|of its|of their|side by side|on foot|in particular
since the beginning of the year|in diameter|in length|long|wide|deep|out of which
as a result|as part of|so far|at a time|on board|one by one|one another
one after another|no longer|no one|all three|all but one|one of the|on one occasion
at one point|one of its|per day|since it began systematic data collection|per cent
once again|at one location
"""
        ),
        "aside",
    )
)
