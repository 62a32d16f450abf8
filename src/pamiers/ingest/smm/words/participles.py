"""Words that say what became of people, and at whom fire was directed."""

from pamiers.ingest.smm.stream import Phrasebook
from pamiers.ingest.smm.wordlist import phrases

HARMED: Phrasebook[str] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
died from|died of
injured|killed|wounded|died|deceased|hurt|hospitalized|hospitalised|were injured
was injured|was killed|were killed|had died|sustained injuries|succumbed
had been injured|had been killed|sustained shrapnel|was wounded|were wounded
suffered injuries|been treated for|was treated for|were treated for
suffered shrapnel|sustained injury|lost his life|lost her life
"""
        ),
        "harmed",
    )
)

#: Fire at the Mission's own people or means follows these.
AIMED: Phrasebook[str] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
aimed at|directed at|targeting|fired at|in the direction of
fired in the direction of|directed towards|fired towards|fired upon
aimed in the direction of|targeted|aimed towards|shot at|close to
"""
        ),
        "aimed",
    )
)
