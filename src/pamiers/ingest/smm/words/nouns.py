"""What the Mission saw, heard or recorded: nouns, their kind and their group.

Groups: event (fire and explosions), weapon (hardware), mine, damage, casualty,
people, vehicle, structure, scene, aircraft, violation. A noun that may be a
part of a larger name ("tank rounds") yields to the noun after it.
"""

from dataclasses import dataclass

from pamiers.ingest.smm.stream import Phrasebook


@dataclass(frozen=True, slots=True)
class Noun:
    """The meaning of a noun: kind, group, and what the noun itself describes."""

    kind: str
    group: str
    plural: bool = False
    description: str | None = None
    weapon: str | None = None  #: weapon class that the noun names


_IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "person": "people",
    "body": "bodies", "casualty": "casualties", "fatality": "fatalities",
    "injury": "injuries", "battery": "batteries", "salvo": "salvoes",
    "serviceman": "servicemen", "policeman": "policemen", "aircraft": "aircraft",
    "ammunition": "ammunition", "ordnance": "ordnance", "personnel": "personnel",
    "staff": "staff", "small arms": "small arms", "damage": "damage",
    "wreckage": "wreckage", "debris": "debris", "presence": "presence",
}  # fmt: skip


def _plural(singular: str) -> str:
    """Return the plural of the last word of a phrase."""
    head, _, last = singular.rpartition(" ")
    plural = _IRREGULAR.get(singular) or _IRREGULAR.get(last)
    if plural is None:
        plural = last + ("es" if last.endswith(("sh", "ch", "s", "x")) else "s")
    return f"{head} {plural}".strip() if singular not in _IRREGULAR else plural


#: group; kind; description or "-"; weapon class or "-"; singular nouns.
_TABLE = """
event;explosion;-;-;explosion,blast,detonation,loud bang,bang
event;explosion;airburst;-;airburst,air burst,explosion in the air
event;explosion;impact;-;impact,impact explosion
event;projectile;-;-;projectile
event;projectile;rocket;-;rocket
event;projectile;missile;-;missile,guided missile,anti tank guided missile
event;projectile;tracer;-;tracer round,tracer,tracer projectile,tracer bullet,tracer round projectile
event;projectile;bullet;small_arms;bullet
event;round;-;-;round,shell
event;round;grenade;-;grenade,rocket propelled grenade
event;burst;-;-;burst
event;shot;-;-;shot,single shot,gunshot,gun shot,rifle shot
event;salvo;-;-;salvo,volley
event;muzzle_flash;-;-;muzzle flash,flash,light flash,flash of light
event;illumination;-;-;illumination flare,illuminating flare,flare,signal flare,illumination round,illuminating round,illumination mortar round
event;fire;-;-;exchange of fire,exchange of small arms fire,instance of fire,instance of small arms fire,bout of fire
event;fire;-;small_arms;small arms fire,gunfire,sniper fire,rifle fire,automatic rifle fire,automatic fire
event;fire;-;heavy_machine_gun;heavy machine gun fire,machine gun fire
event;fire;-;mortar;mortar fire
event;fire;-;artillery;artillery fire,shelling,cannonade
event;fire;-;mlrs;multiple launch rocket system fire,mlrs fire
event;fire;-;automatic_grenade_launcher;automatic grenade launcher fire,agl fire,grenade launcher fire
event;fire;-;tank;tank fire
event;fire;-;anti_aircraft;anti aircraft fire,anti aircraft cannon fire,anti aircraft gun fire
event;fire;outgoing;-;outgoing fire
event;fire;incoming;-;incoming fire
event;smoke;-;-;smoke,black smoke,plume of smoke,column of smoke,cloud of smoke,smoke plume
violation;ceasefire_violation;-;-;ceasefire violation,cease fire violation,violation of the ceasefire,truce violation
weapon;tank;-;tank;tank,main battle tank
weapon;howitzer;-;howitzer;howitzer,gun howitzer
weapon;howitzer;towed;howitzer;towed howitzer,towed artillery piece,towed gun
weapon;howitzer;self-propelled;howitzer;self propelled howitzer,self propelled gun,self propelled artillery piece,self propelled artillery system
weapon;artillery;-;artillery;artillery piece,artillery system,piece of artillery,heavy artillery piece
weapon;mortar;-;mortar;mortar,self propelled mortar,towed mortar,mortar system,mortar tube
weapon;mlrs;-;mlrs;grad system,grad,multiple launch rocket system,mlrs,rocket system
weapon;anti_tank_gun;-;anti_tank_gun;anti tank gun,towed anti tank gun,recoilless gun,recoilless rifle
weapon;anti_tank_missile;-;anti_tank_missile;anti tank guided missile system,anti tank missile system,anti tank guided missile launcher,atgm
weapon;surface_to_air_missile;-;surface_to_air_missile;surface to air missile system,surface to air missile launcher,air defence system,anti aircraft missile system,man portable air defence system
weapon;anti_aircraft_gun;-;anti_aircraft;anti aircraft gun,anti aircraft cannon,anti aircraft system,anti aircraft artillery system,anti aircraft weapon,self propelled anti aircraft gun
weapon;infantry_fighting_vehicle;-;ifv;bmp,infantry fighting vehicle,ifv,infantry fighting armoured vehicle
weapon;armoured_personnel_carrier;-;apc;btr,armoured personnel carrier,apc,armored personnel carrier
weapon;armoured_vehicle;-;acv;armoured combat vehicle,acv,armoured vehicle,armoured fighting vehicle,armoured reconnaissance vehicle,armoured reconnaissance and patrol vehicle,armoured recovery vehicle,armoured command vehicle,airborne infantry fighting vehicle,armoured ambulance
weapon;heavy_machine_gun;-;heavy_machine_gun;heavy machine gun,machine gun,hmg
weapon;grenade_launcher;-;grenade_launcher;grenade launcher,automatic grenade launcher,rocket propelled grenade launcher,agl
weapon;small_arms;-;small_arms;small arm,assault rifle,automatic rifle,rifle,pistol,sniper rifle
weapon;support_vehicle;-;-;military heavy equipment transport vehicle,heavy equipment transport vehicle,mine clearing vehicle,minesweeper,mine layer,bridge layer,combat engineering vehicle,engineering vehicle,ammunition truck,command vehicle
weapon;electronic_warfare;-;-;electronic warfare system,jamming system,radar,radar system,radar station,counter battery radar system,electronic warfare station,communication system
weapon;weapon;-;-;weapon,heavy weapon,weapon system,artillery weapon,undetermined weapon,item of military equipment,piece of military equipment,piece of equipment
weapon;ammunition;-;-;ammunition,ammunition box,ammunition crate,box of ammunition
mine;mine;-;-;mine,landmine,land mine
mine;mine;anti-tank;-;anti tank mine,anti vehicle mine,anti tank land mine
mine;mine;anti-personnel;-;anti personnel mine,tripwire,booby trap
mine;mine_sign;-;-;mine hazard sign,mine sign,mine warning sign,warning sign,sign
mine;uxo;-;-;unexploded ordnance,uxo,item of unexploded ordnance,piece of unexploded ordnance,piece of uxo,item of uxo,unexploded mortar round,unexploded round,unexploded rocket,unexploded projectile,unexploded shell,unexploded rocket propelled grenade,unexploded device,explosive object,explosive device,improvised explosive device,ied,hand grenade,remnant of ammunition,remnant
damage;crater;-;-;crater,impact crater,shell crater,impact site,crater impact,fresh impact
damage;bullet_impact;-;-;bullet impact,bullet hole,bullet mark,bullet impact mark,gunshot impact,small arms impact
damage;shrapnel_mark;-;-;shrapnel mark,shrapnel hole,shrapnel impact,shrapnel scar,shrapnel impact mark,shrapnel damage,piece of shrapnel,shrapnel
damage;damage;-;-;damage,hole,scorch mark,dent,broken window,shattered window,window pane,window,door,gate,fence,roof,wall,roof tile,destroyed house,damaged house,burned house,house,residential house,residential building,apartment building,apartment,building,property,civilian property,residence,shop,garage,greenhouse,power line,electricity line,gas pipe,pipe,shed,balcony,blast mark,mark,trace of shelling,debris,wreckage,tree,branch
casualty;casualty;-;-;casualty,civilian casualty,injury,death,fatality,injured person,injured civilian,wounded person,body,human remain,dead body
people;person;-;-;person,individual,civilian,pedestrian,passenger,commuter,traveller,resident,man,woman,boy,girl,child,worker,employee,deminer,de miner,driver,mother,father,son,daughter,husband,wife,grandmother,grandfather,infant,teenager,pensioner,patient,nurse,doctor,teacher,interlocutor,protester,demonstrator,participant,student,elderly woman,elderly man
people;person;armed;-;soldier,serviceman,armed person,armed individual,armed man,member of the armed formations,member of armed formations,military personnel,personnel,member of the ukrainian armed forces,ukrainian armed forces soldier,ukrainian armed forces member,fighter,border guard,officer,police officer,policeman,guard,armed member of the armed formations
people;queue;-;-;queue,line of people,line of vehicles,queue of vehicles,queue of people
vehicle;vehicle;-;-;vehicle,car,bus,minibus,van,minivan,ambulance,tractor,trailer,motorcycle,lorry,military type vehicle,military vehicle,fuel truck,tanker truck,excavator,bulldozer,cargo truck,pickup truck
vehicle;truck;-;-;truck,military truck,military type truck,covered truck,covered military type truck
vehicle;convoy;-;-;column of trucks,column of vehicles,column,convoy,convoy of trucks,truck convoy,military convoy,convoy of vehicles
vehicle;train;-;-;train,freight train,cargo train,wagon,railway wagon,locomotive,flatbed,flatbed trailer,flatbed truck
structure;structure;-;-;trench,trench extension,trench section,bunker,dugout,fortification,fighting position,firing position,military position,military type position,position,forward position,tent,military tent,military type tent,concrete block,sandbag,barricade,roadblock,observation post,checkpoint,container,camouflage net,fire place,foxhole,shelter,tower
aircraft;aircraft;-;-;helicopter,aircraft,plane,military helicopter,drone,quadcopter,unmanned aerial vehicle,uav,mini uav
scene;gathering;-;-;gathering,protest,rally,demonstration,ceremony,march,peaceful gathering,public gathering
scene;works;-;-;construction work,demining activity,demining work,repair work,work,mine clearance
scene;presence;-;-;military presence,military type presence,military and military type presence,presence,live fire exercise,training exercise,live fire training exercise
"""


def _entries() -> dict[str, Noun]:
    """Return every noun of the table in singular and plural."""
    out: dict[str, Noun] = {}
    for line in _TABLE.strip().splitlines():
        group, kind, about, weapon, nouns = line.split(";")
        fixed = (None if about == "-" else about, None if weapon == "-" else weapon)
        for noun in nouns.split(","):
            out[_plural(noun)] = Noun(kind, group, True, *fixed)
            out[noun] = Noun(kind, group, noun == _plural(noun), *fixed)
    return out | _EXTRA


_EXTRA = {
    "salvos": Noun("salvo", "event", plural=True),
    "persons": Noun("person", "people", plural=True),
    "members of the armed formations": Noun("person", "people", True, "armed"),
    "members of armed formations": Noun("person", "people", True, "armed"),
    "members of the ukrainian armed forces": Noun("person", "people", True, "armed"),
    "convoys of trucks": Noun("convoy", "vehicle", plural=True),
    "convoys of vehicles": Noun("convoy", "vehicle", plural=True),
    "plumes of smoke": Noun("smoke", "event", plural=True),
    "columns of smoke": Noun("smoke", "event", plural=True),
    "exchanges of fire": Noun("fire", "event", plural=True),
    "exchanges of small arms fire": Noun("fire", "event", True, None, "small_arms"),
    "violations of the ceasefire": Noun("ceasefire_violation", "violation", plural=True),
    "pieces of shrapnel": Noun("shrapnel_mark", "damage", plural=True),
    "pieces of unexploded ordnance": Noun("uxo", "mine", plural=True),
    "items of unexploded ordnance": Noun("uxo", "mine", plural=True),
    "pieces of uxo": Noun("uxo", "mine", plural=True),
    "items of uxo": Noun("uxo", "mine", plural=True),
    "pieces of artillery": Noun("artillery", "weapon", True, None, "artillery"),
    "pieces of military equipment": Noun("weapon", "weapon", plural=True),
    "queues of vehicles": Noun("queue", "people", plural=True),
    "queues of people": Noun("queue", "people", plural=True),
    "boxes of ammunition": Noun("ammunition", "weapon", plural=True),
    "remnants of ammunition": Noun("uxo", "mine", plural=True),
    "traces of shelling": Noun("damage", "damage", plural=True),
    "instances of small arms fire": Noun("fire", "event", True, None, "small_arms"),
    "flashes of light": Noun("muzzle_flash", "event", plural=True),
}

NOUNS: Phrasebook[Noun] = Phrasebook(_entries())
#: Groups whose nouns may never be skipped unread.
HARD_GROUPS = frozenset({"event", "weapon", "mine", "violation", "casualty"})
