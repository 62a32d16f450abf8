"""Words about places: prepositions, features of the ground, bodies, regions."""

from pamiers.ingest.smm.stream import Phrasebook
from pamiers.ingest.smm.wordlist import phrases, words

#: Preposition to the relation it states.
RELATIONS: Phrasebook[str] = Phrasebook(
    {
        "in": "in",
        "at": "in",
        "near": "near",
        "around": "near",
        "by": "near",
        "inside": "inside",
        "within": "inside",
        "outside": "outside",
        "on": "in",
        "in and around": "near",
        "in and near": "near",
        "in or near": "near",
        "close to": "near",
        "in the vicinity of": "near",
        "near to": "near",
        "in the area of": "near",
        "in the area around": "near",
        "in areas of": "near",
        "in the areas of": "near",
        "in areas near": "near",
        "adjacent to": "near",
        "in an area near": "near",
        "at and around": "near",
        "next to": "near",
        "in the centre of": "in",
        "in the center of": "in",
        "in central": "in",
        "towards": "towards",
        "toward": "towards",
        "along": "near",
        "from": "from",
        "to": "towards",
        "through": "in",
        "across": "in",
        "between": "between",
        "inside and near": "near",
        "outside of": "outside",
        "beyond": "outside",
        "in close proximity to": "near",
        "in close proximity of": "near",
        "in the direction of": "towards",
        "in the town of": "in",
        "behind": "near",
        "in the village of": "in",
        "in the city of": "in",
        "in the settlement of": "in",
        "in the villages of": "in",
        "in and outside": "near",
        "above": "near",
        "inside or near": "near",
        "against": "near",
        "over": "near",
        "into": "in",
        "of": "of",
        "opposite": "near",
        "off": "near",
        "under": "near",
        "onto": "in",
        "via": "in",
        "beside": "near",
        "alongside": "near",
        "of the town of": "of",
        "in front of": "near",
        "underneath": "near",
        "below": "near",
        "on the territory of": "in",
        "in the direct vicinity of": "near",
        "in the immediate vicinity of": "near",
        "throughout": "in",
        "amid": "near",
    }
)

_FEATURES = """
checkpoint|entry exit checkpoint|crossing point|border crossing point|crossing route
disengagement area|training area|training ground|compound|airfield|airport|area|areas
residential area|residential areas|position|location|site|station|railway station
central railway station|school|hospital|road|bridge|field|forest|village|settlement
town|city|city centre|town centre|street|district|building|house|plant|mine
contact line|base|forward patrol base|observation post|observation point|zone
security zone|roof|floor|wall|side|yard|garden|cemetery|river|quarry|residence
apartment|outskirts|ground|kindergarten|church|market|shop|centre|center|edge|part
heavy weapons holding area|holding area|weapons holding area|storage site
permanent storage site|weapons permanent storage site|border|border area|border areas
region|forward position|firing position|pumping station|water pumping station
filtration station|hotel|office|gate|fence|vehicle|patrol|garage|intersection
roundabout|crossroads|junction|hill|dam|bus stop|bus station|market place|farm
greenhouse|warehouse|factory|pole|poles|tree line|tree lines|forested area|trench
trenches|residential house|residential building|apartment building|property|properties
houses|buildings|fields|roads|streets|checkpoints|entry exit checkpoints|positions
corresponding checkpoint|corresponding checkpoints|border crossing points|locations
disengagement areas|compounds|sites|settlements|villages|towns|occasions
crossing points|storage sites|withdrawal lines|withdrawal line|water reservoir|phenol
damaged section|broken section|section|span|pedestrian bridge|territory|oblast|regions
northern edge|boiler house|water company|power lines|power line|pipeline
water pipeline|administrative boundary line|boundary line|railway|railway line
railway tracks|lane|coal mine|facility|facilities|airfields|stations|schools
civilian properties|civilian property|homes|home|residential neighbourhood
neighbourhood|neighborhood|camp|pit|bank|shore|slag heap|train station|depot
police station|headquarters|morgue|clinic|polyclinic|university|square|park|stadium
monument|civilian infrastructure|residential houses|apartment blocks|apartment block
block|storey|windows|window|doors|door|corner|facade|interior|exterior|cabin|balcony
surface|tree|trees|crater|impact site|window frame|window frames|metal gate
metal fence|steppe
"""
FEATURES: Phrasebook[str] = Phrasebook(
    {
        f"{feature}{ending}": feature
        for line in _FEATURES.strip().splitlines()
        for feature in line.split("|")
        for ending in (("s", "") if not feature.endswith("s") else ("",))
    }
)

#: "of the armed formations" and other holders that follow a feature.
HOLDERS: Phrasebook[str] = Phrasebook(
    {
        f"of {holder}": name
        for holder, name in {
            "the armed formations": "armed_formations",
            "armed formations": "armed_formations",
            "the ukrainian armed forces": "ukrainian_armed_forces",
            "ukrainian armed forces": "ukrainian_armed_forces",
            "the ukrainian military": "ukrainian_armed_forces",
            "the state border guard service of ukraine": "border_guard",
            "the state border guard service": "border_guard",
            "the state emergency service": "emergency_service",
            "the state emergency service of ukraine": "emergency_service",
            "the national guard": "national_guard",
            "the national guard of ukraine": "national_guard",
            "the national police": "national_police",
            "the russian federation armed forces": "russian_armed_forces",
        }.items()
    }
)

#: Bodies and peoples: capitalised, but no places.
BODIES: Phrasebook[str] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
smm|osce|mission|uav|uavs|ifv|apc|mlrs|agl|uxo|jccc|sccc|special monitoring mission
ukrainian armed forces|ukrainian|russian federation|russian|joint centre for control
joint centre for control and co ordination|joint centre for control and coordination
state emergency service|national guard|national police|voda donbassa|red cross
international committee of the red cross|unhcr|icrc|united nations|permanent council
trilateral contact group|package of measures|memorandum|addendum|minsk agreements
monitoring teams|eastern european time|eastern european summer time|covid|gps|cctv
joint forces operation|armed forces|state border guard service|security service
first responders|joint control commission|russian federation armed forces|ied|atgm
ukrainian military|daily report|spot report|summary|vodafone|kyiv time|dfs|small
members|positioned|while|whilst|during|between|inside|imagery|aerial|according|grad
gvozdika|rapira|strela|osa|uragan|smerch|msta|giatsint|akatsiya|metis|fagot|konkurs
nona|vasilek|sani|podnos|lyagushka|kopye|tyulpan|hrad|acacia|carnation|orlan|mavic
dji|furia|forpost|leleka|gaz|kamaz|ural|uaz|lada|zil|mi|toyota|humanitarian aid|in
on|at|from|beyond|near|as|the|a|an|it|this|that|one|some|another|additionally
moreover|similarly|also|residents|soldiers|armed|its|their|same|both|all|no|three
two|small arms|following|compared|around|throughout|late|early|later|earlier
subsequently|after|before|when|where|there|patrol|monitors|observers|north|south
east|west|roma|orthodox|i|ii|iii|iv|n/k|n|k|to|and|of
"""
        ),
        "body",
    )
)

STREETS = frozenset(words("street streets boulevard avenue lane prospect square"))

REGION_NAMES = frozenset(
    words(
        """
donetsk luhansk lugansk kherson kharkiv zaporizhzhia zaporizhia dnipropetrovsk
odessa odesa kyiv lviv chernivtsi ivano-frankivsk mykolaiv crimea
"""
    )
)
