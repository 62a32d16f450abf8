"""Verbs of the reports: what was perceived, denied, compared, or merely done."""

from pamiers.ingest.smm.stream import Phrasebook
from pamiers.ingest.smm.wordlist import phrases

_SENSES = {
    "heard": "heard",
    "hear": "heard",
    "hears": "heard",
    "sees": "saw",
    "observes": "observed",
    "records": "recorded",
    "spots": "spotted",
    "hearing": "heard",
    "overheard": "heard",
    "saw": "saw",
    "see": "saw",
    "seen": "saw",
    "sighted": "saw",
    "saw and heard": "saw and heard",
    "heard and saw": "saw and heard",
    "seen and heard": "saw and heard",
    "heard and seen": "saw and heard",
    "saw and / or heard": "saw and heard",
    "saw or heard": "saw and heard",
    "recorded": "recorded",
    "registered": "recorded",
    "captured": "recorded",
    "counted": "recorded",
    "record": "recorded",
    "logged": "recorded",
    "observed": "observed",
    "observe": "observed",
    "observing": "observed",
    "witnessed": "observed",
    "noticed": "observed",
    "noted": "observed",
    "note": "observed",
    "spotted": "spotted",
    "spot": "spotted",
    "detected": "spotted",
    "revealed": "spotted",
    "showed": "spotted",
    "identified": "spotted",
    "discovered": "spotted",
    "found": "observed",
    "corroborated": "corroborated",
    "confirmed": "corroborated",
    "visible": "observed",
    "analysed": "observed",
    "analyzed": "observed",
    "examined": "observed",
    "experienced": "observed",
}
PERCEIVE: Phrasebook[str] = Phrasebook(_SENSES)

#: What happened, with the thing that happened as subject.
OCCUR: Phrasebook[str] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
occurred|fired|released|exploded|impacted|landed|struck|hit|fell|passed|flew|detonated|flying
landing|exploding|impacting|crashed|took place|were fired|was fired|being fired
had been fired|were aimed|was aimed|were directed|was directed|took off|explode
queuing|were queuing|came under fire
"""
        ),
        "occurred",
    )
)

#: "did not", "no": turns what was perceived into coverage.
NEGATION: Phrasebook[str] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
did not|didn't|has not|have not|had not|does not|do not|neither|was not|were not|not
never|cannot|could not|nor
"""
        ),
        "not",
    )
)

CALM: Phrasebook[str] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
a lull in fighting|a lull|lull
calm situation|calm|quiet|situation remained calm|relatively calm|relatively quiet
generally calm|calmness
"""
        ),
        "calm",
    )
)

COMPARISON: Phrasebook[str] = Phrasebook(
    {
        "more": "more",
        "fewer": "fewer",
        "less": "fewer",
        "similar": "similar",
        "a similar number of": "similar",
        "similar number of": "similar",
        "the same number of": "same",
        "same number of": "same",
        "a similar level of": "similar",
        "similar level of": "similar",
        "substantially more": "more",
        "substantially fewer": "fewer",
        "significantly more": "more",
        "significantly fewer": "fewer",
        "slightly more": "more",
        "slightly fewer": "fewer",
        "considerably more": "more",
        "considerably fewer": "fewer",
        "a higher number of": "more",
        "higher number of": "more",
        "a lower number of": "fewer",
        "lower number of": "fewer",
        "a higher level of": "more",
        "a lower level of": "fewer",
        "an increase in": "more",
        "a decrease in": "fewer",
        "an increase in the number of": "more",
        "a decrease in the number of": "fewer",
        "a slight increase in": "more",
        "a slight decrease in": "fewer",
        "increase": "more",
        "decrease": "fewer",
        "increased": "more",
        "decreased": "fewer",
        "a reduction in": "fewer",
        "higher": "more",
        "lower": "fewer",
        "almost the same number of": "similar",
        "a smaller number of": "fewer",
        "smaller number of": "fewer",
        "an equal number of": "same",
        "the same": "same",
        "decline": "fewer",
        "a much higher number of": "more",
        "a much lower number of": "fewer",
        "a larger number of": "more",
        "a greater number of": "more",
        "a rise in": "more",
        "a rise in the number of": "more",
        "a fall in the number of": "fewer",
        "a drop in the number of": "fewer",
        "an increased number of": "more",
        "a reduced number of": "fewer",
        "twice as many": "more",
        "thrice as many": "more",
        "almost twice as many": "more",
        "nearly twice as many": "more",
        "more than twice as many": "more",
        "three times as many": "more",
        "four times as many": "more",
        "half as many": "fewer",
    }
)

_RESTRICT = """
freedom of movement|freedom of movement restrictions|denied|refused|prevented|delayed
restricted|restrictions|restriction|not allowed|did not allow|not allow|barred|blocked
stopped the smm|turned back|turned around|conditional access|gps signal interference
signal interference|interference|jamming|jammed|unable to|could not travel
could not access|did not permit|prohibited|threatened|impeded|denial|denials|hindered
seized|lost spatial control|spatial control|impediments|impediment|not to proceed
refusing|did not let|would not allow|forbade|denying|was still prevented
access remained|access was|forced to|had to land|stopped by|not grant|did not grant
permission|could not fly|prevent|security guarantees|lost signal|loss of signal
asked the smm to leave|ordered the smm|not able to|did not provide|could not to fly
lost a|lost an|lost one|lost its|lost gps
no access|ordered the patrol|took the uav|loss of spatial
"""
RESTRICT: Phrasebook[str] = Phrasebook(
    {
        phrase: "restriction"
        for line in _RESTRICT.strip().splitlines()
        for phrase in line.split("|")
    }
)

WITHDRAWAL: Phrasebook[str] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
withdrawal lines|withdrawal line|storage sites|storage site|withdrawal of weapons
heavy weapons holding areas|storage areas|heavy weapons holding area|holding areas
holding area|permanent storage|permanent storage sites|storage facility
weapons permanent storage sites|storage facilities
"""
        ),
        "withdrawal",
    )
)

_DO = """
facilitated|facilitate|monitored|monitor|monitoring|followed up|follow up|following up
visited|visit|informed|inform|inspected|continued|met|meet|spoke|interviewed
requested|left|departed|returned|travelled|drove|arrived|conducted|accompanied
patrolled|discussed|assessed|launched|landed|relocated|evacuated|moved|stopped
co ordinated|coordinated|engaged|reported|raised|planned|carried out|positioned
proceeded|remained|was positioned|was located|is located|were inside|lasted
welcomed|called|deployed|installed|repaired|opened|closed|supported|enabled
told|said|stated|explained|added|indicated|claimed|according|replied|confirmed
contacted|attended|took cover|recalled|safely|inquired|learned|learnt|addressed
resumed|ended|started|began|commenced|completed|maintained|operated|reached
observed that|mirror patrol|mirror patrols|dialogue|corroborate|highlights|notes
specifies|tasks|recall|reiterates|calls|standing|escorted|transported|entered
was approached|approached|asked|working|operational|functioning|took place|was told
allowed|shared|presented|provided|introduced|organized|organised|reviewed|has
is|are|was|were|remains|began|agreed|signed|held|gathered|commemorated|passed
"""
DO: Phrasebook[str] = Phrasebook(
    {
        phrase: "activity"
        for line in _DO.strip().splitlines()
        for phrase in line.split("|")
    }
)

#: Words by which someone else's account is passed on.
HEARSAY: Phrasebook[str] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
told the smm|told the mission|said that|said|according to|reported that|claimed
told it|told smm|informed the smm that|reports of|reports that|report that
allegations that|allegations of|alleged|allegedly|reportedly|report of
media reports of|stated that|told patrol members|gave the smm|showed the smm
presented the smm with|log listing|was told|stated|an allegation of
informed by|later informed by|were informed|was informed
informed the smm about|informed the smm of|reported to the smm|were reported
reported
"""
        ),
        "claimed",
    )
)
