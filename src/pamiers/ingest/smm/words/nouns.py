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
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "body": "bodies",
    "casualty": "casualties",
    "fatality": "fatalities",
    "injury": "injuries",
    "battery": "batteries",
    "salvo": "salvoes",
    "serviceman": "servicemen",
    "policeman": "policemen",
    "aircraft": "aircraft",
    "ammunition": "ammunition",
    "ordnance": "ordnance",
    "personnel": "personnel",
    "staff": "staff",
    "small arms": "small arms",
    "damage": "damage",
    "wreckage": "wreckage",
    "debris": "debris",
    "presence": "presence",
    "traffic": "traffic",
}


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
event;projectile;tracer;-;tracer round,tracer,tracer projectile,tracer bullet
event;projectile;tracer;-;tracer round projectile
event;projectile;bullet;small_arms;bullet
event;round;-;-;round,shell
event;round;grenade;-;grenade,rocket propelled grenade
event;burst;-;-;burst
event;shot;-;-;shot,single shot,gunshot,gun shot,rifle shot
event;salvo;-;-;salvo,volley
event;muzzle_flash;-;-;muzzle flash,flash,light flash,flash of light
event;illumination;-;-;illumination flare,illuminating flare,flare,signal flare
event;illumination;-;-;illumination round,illuminating round,illumination mortar round
event;fire;-;-;exchange of fire,exchange of small arms fire,instance of fire
event;fire;-;-;instance of small arms fire,bout of fire
event;fire;-;small_arms;small arms fire,gunfire,sniper fire,rifle fire
event;fire;-;small_arms;automatic rifle fire,automatic fire
event;fire;-;small_arms;light weapons fire,small arms and light weapons fire
event;fire;-;small_arms;small arms or light weapons fire
event;fire;-;heavy_machine_gun;heavy machine gun fire,machine gun fire
event;fire;-;mortar;mortar fire
event;fire;-;artillery;artillery fire,shelling,cannonade
event;fire;-;-;fighting
event;fire;-;mlrs;multiple launch rocket system fire,mlrs fire
event;fire;-;automatic_grenade_launcher;automatic grenade launcher fire,agl fire
event;fire;-;automatic_grenade_launcher;grenade launcher fire
event;fire;-;tank;tank fire
event;fire;-;anti_aircraft;anti aircraft fire,anti aircraft cannon fire
event;fire;-;anti_aircraft;anti aircraft gun fire
event;fire;outgoing;-;outgoing fire
event;fire;incoming;-;incoming fire
event;smoke;-;-;smoke,black smoke,plume of smoke,column of smoke,cloud of smoke
event;smoke;-;-;smoke plume
violation;ceasefire_violation;-;-;violation,ceasefire violation,cease fire violation
violation;ceasefire_violation;-;-;violation of the ceasefire,truce violation
weapon;tank;-;tank;tank,main battle tank
weapon;howitzer;-;howitzer;howitzer,gun howitzer
weapon;howitzer;towed;howitzer;towed howitzer,towed artillery piece,towed gun
weapon;howitzer;self-propelled;howitzer;self propelled howitzer,self propelled gun
weapon;howitzer;self-propelled;howitzer;self propelled artillery piece
weapon;howitzer;self-propelled;howitzer;self propelled artillery system
weapon;artillery;-;artillery;artillery piece,artillery system,piece of artillery
weapon;artillery;-;artillery;heavy artillery piece
weapon;mortar;-;mortar;mortar,self propelled mortar,towed mortar,mortar system
weapon;mortar;-;mortar;mortar tube
weapon;mlrs;-;mlrs;multiple rocket launcher system,multiple rocket launcher
weapon;mlrs;-;mlrs;grad system,grad,multiple launch rocket system,mlrs,rocket system
weapon;anti_tank_gun;-;anti_tank_gun;anti tank gun,towed anti tank gun,recoilless gun
weapon;anti_tank_gun;-;anti_tank_gun;recoilless rifle
weapon;anti_tank_missile;-;anti_tank_missile;anti tank guided missile system
weapon;anti_tank_missile;-;anti_tank_missile;anti tank missile system
weapon;anti_tank_missile;-;anti_tank_missile;anti tank guided missile launcher,atgm
weapon;surface_to_air_missile;-;surface_to_air_missile;surface to air missile system
weapon;surface_to_air_missile;-;surface_to_air_missile;surface to air missile launcher
weapon;surface_to_air_missile;-;surface_to_air_missile;air defence system
weapon;surface_to_air_missile;-;surface_to_air_missile;anti aircraft missile system
weapon;surface_to_air_missile;-;surface_to_air_missile;man portable air defence system
weapon;anti_aircraft_gun;-;anti_aircraft;anti aircraft gun,anti aircraft cannon
weapon;anti_aircraft_gun;-;anti_aircraft;anti aircraft system
weapon;anti_aircraft_gun;-;anti_aircraft;anti aircraft artillery system
weapon;anti_aircraft_gun;-;anti_aircraft;anti aircraft weapon
weapon;anti_aircraft_gun;-;anti_aircraft;self propelled anti aircraft gun
weapon;infantry_fighting_vehicle;-;ifv;bmp,infantry fighting vehicle,ifv
weapon;infantry_fighting_vehicle;-;ifv;infantry fighting armoured vehicle
weapon;armoured_personnel_carrier;-;apc;btr,armoured personnel carrier,apc
weapon;armoured_personnel_carrier;-;apc;armored personnel carrier
weapon;armoured_vehicle;-;acv;armoured combat vehicle,acv,armoured vehicle
weapon;armoured_vehicle;-;acv;armoured fighting vehicle
weapon;armoured_vehicle;-;acv;armoured reconnaissance vehicle
weapon;armoured_vehicle;-;acv;armoured reconnaissance and patrol vehicle
weapon;armoured_vehicle;-;acv;armoured recovery vehicle,armoured command vehicle
weapon;armoured_vehicle;-;acv;airborne infantry fighting vehicle,armoured ambulance
weapon;heavy_machine_gun;-;heavy_machine_gun;heavy machine gun,machine gun,hmg
weapon;grenade_launcher;-;grenade_launcher;grenade launcher,automatic grenade launcher
weapon;grenade_launcher;-;grenade_launcher;rocket propelled grenade launcher,agl
weapon;small_arms;-;small_arms;small arm,assault rifle,automatic rifle,rifle,pistol
weapon;small_arms;-;small_arms;sniper rifle
weapon;support_vehicle;-;-;military heavy equipment transport vehicle
weapon;support_vehicle;-;-;heavy equipment transport vehicle,mine clearing vehicle
weapon;support_vehicle;-;-;minesweeper,mine layer,bridge layer
weapon;support_vehicle;-;-;combat engineering vehicle,engineering vehicle
weapon;support_vehicle;-;-;ammunition truck,command vehicle
weapon;electronic_warfare;-;-;electronic warfare system,jamming system,radar
weapon;electronic_warfare;-;-;radar system,radar station,counter battery radar system
weapon;electronic_warfare;-;-;electronic warfare station,communication system
weapon;weapon;-;-;weapon,heavy weapon,weapon system,artillery weapon
weapon;weapon;-;-;undetermined weapon,item of military equipment
weapon;weapon;-;-;piece of military equipment,piece of equipment
weapon;ammunition;-;-;ammunition,ammunition box,ammunition crate,box of ammunition
mine;mine;-;-;mine,landmine,land mine
mine;mine;anti-tank;-;anti tank mine,anti vehicle mine,anti tank land mine
mine;mine;anti-personnel;-;anti personnel mine,tripwire,booby trap
mine;mine_sign;-;-;mine hazard sign,mine sign,mine warning sign,warning sign,sign
mine;uxo;-;-;unexploded ordnance,uxo,item of unexploded ordnance
mine;uxo;-;-;piece of unexploded ordnance,piece of uxo,item of uxo
mine;uxo;-;-;unexploded mortar round,unexploded round,unexploded rocket
mine;uxo;-;-;unexploded projectile,unexploded shell
mine;uxo;-;-;unexploded rocket propelled grenade,unexploded device,explosive object
mine;uxo;-;-;explosive device,improvised explosive device,ied,hand grenade
mine;uxo;-;-;remnant of ammunition,remnant
damage;crater;-;-;crater,impact crater,shell crater,impact site,crater impact
damage;crater;-;-;fresh impact
damage;bullet_impact;-;-;bullet impact,bullet hole,bullet mark,bullet impact mark
damage;bullet_impact;-;-;gunshot impact,small arms impact
damage;shrapnel_mark;-;-;shrapnel mark,shrapnel hole,shrapnel impact,shrapnel scar
damage;shrapnel_mark;-;-;shrapnel impact mark,shrapnel damage,piece of shrapnel
damage;shrapnel_mark;-;-;shrapnel
damage;damage;-;-;damage,hole,scorch mark,dent,broken window,shattered window
damage;damage;-;-;window pane,window,door,gate,fence,roof,wall,roof tile
damage;damage;-;-;destroyed house,damaged house,burned house,house,residential house
damage;damage;-;-;residential building,apartment building,apartment,building,property
damage;damage;-;-;structure,dwelling,residential dwelling,civilian dwelling
damage;damage;-;-;civilian property,residence,shop,garage,greenhouse,power line
damage;damage;-;-;electricity line,gas pipe,pipe,shed,balcony,blast mark,mark
damage;damage;-;-;trace of shelling,debris,wreckage,tree,branch
casualty;casualty;-;-;casualty,civilian casualty,injury,death,fatality,injured person
casualty;casualty;-;-;gunshot wound,gunshot injury,shrapnel wound,shrapnel injury
casualty;casualty;-;-;civilian causality,bullet wound,wound
casualty;casualty;-;-;injured civilian,wounded person,body,human remain,dead body
people;person;-;-;person,individual,civilian,pedestrian,passenger,commuter,traveller
people;person;-;-;resident,man,woman,boy,girl,child,worker,employee,deminer,de miner
people;person;-;-;driver,mother,father,son,daughter,husband,wife,grandmother
people;person;-;-;grandfather,infant,teenager,pensioner,patient,nurse,doctor,teacher
people;person;-;-;interlocutor,protester,demonstrator,participant,student
people;person;-;-;elderly woman,elderly man,neighbour,relative
people;person;armed;-;soldier,serviceman,armed person,armed individual,armed man
people;person;armed;-;member of the armed formations,member of armed formations
people;person;armed;-;military personnel,personnel
people;person;armed;-;member of the ukrainian armed forces
people;person;armed;-;ukrainian armed forces soldier,ukrainian armed forces member
people;person;armed;-;fighter,border guard,officer,police officer,policeman,guard
people;person;armed;-;armed member of the armed formations
people;queue;-;-;queue,line of people,line of vehicles,queue of vehicles
people;queue;-;-;queue of people
vehicle;vehicle;-;-;vehicle,car,bus,minibus,van,minivan,ambulance,tractor,trailer
vehicle;vehicle;-;-;motorcycle,lorry,military type vehicle,military vehicle,fuel truck
vehicle;vehicle;-;-;traffic
vehicle;vehicle;-;-;tanker truck,excavator,bulldozer,cargo truck,pickup truck
vehicle;truck;-;-;truck,military truck,military type truck,covered truck
vehicle;truck;-;-;covered military type truck
vehicle;convoy;-;-;column of trucks,column of vehicles,column,convoy,convoy of trucks
vehicle;convoy;-;-;truck convoy,military convoy,convoy of vehicles
vehicle;train;-;-;train,freight train,cargo train,wagon,railway wagon,locomotive
vehicle;train;-;-;flatbed,flatbed trailer,flatbed truck
structure;structure;-;-;trench,trench extension,trench section,bunker,dugout
structure;structure;-;-;fortification,fighting position,firing position
structure;structure;-;-;military position,military type position,position
structure;structure;-;-;forward position,tent,military tent,military type tent
structure;structure;-;-;concrete block,sandbag,barricade,roadblock,observation post
structure;structure;-;-;checkpoint,container,camouflage net,fire place,foxhole,shelter
structure;structure;-;-;tower
aircraft;aircraft;-;-;helicopter,aircraft,plane,military helicopter,drone,quadcopter
aircraft;aircraft;-;-;unmanned aerial vehicle,uav,mini uav
scene;gathering;-;-;gathering,protest,rally,demonstration,ceremony,march
scene;gathering;-;-;peaceful gathering,public gathering
scene;works;-;-;construction work,demining activity,demining work,repair work,work
scene;works;-;-;mine clearance
scene;presence;-;-;military presence,military type presence
scene;presence;-;-;military and military type presence,presence,live fire exercise
scene;presence;-;-;training exercise,live fire training exercise
"""


def _entries() -> dict[str, Noun]:
    """Return every noun of the table in singular and plural."""
    out: dict[str, Noun] = {}
    for line in _TABLE.strip().splitlines():
        group, kind, about, weapon, nouns = line.split(";")
        fixed = {
            "description": None if about == "-" else about,
            "weapon": None if weapon == "-" else weapon,
        }
        for noun in nouns.split(","):
            out[_plural(noun)] = Noun(kind, group, plural=True, **fixed)
            out[noun] = Noun(kind, group, plural=noun == _plural(noun), **fixed)
    return out | _EXTRA


_EXTRA = {
    "salvos": Noun("salvo", "event", plural=True),
    "persons": Noun("person", "people", plural=True),
    "members of the armed formations": Noun(
        "person", "people", plural=True, description="armed"
    ),
    "members of armed formations": Noun(
        "person", "people", plural=True, description="armed"
    ),
    "members of the ukrainian armed forces": Noun(
        "person", "people", plural=True, description="armed"
    ),
    "convoys of trucks": Noun("convoy", "vehicle", plural=True),
    "convoys of vehicles": Noun("convoy", "vehicle", plural=True),
    "plumes of smoke": Noun("smoke", "event", plural=True),
    "columns of smoke": Noun("smoke", "event", plural=True),
    "exchanges of fire": Noun("fire", "event", plural=True),
    "exchanges of small arms fire": Noun(
        "fire", "event", plural=True, weapon="small_arms"
    ),
    "violations of the ceasefire": Noun(
        "ceasefire_violation", "violation", plural=True
    ),
    "pieces of shrapnel": Noun("shrapnel_mark", "damage", plural=True),
    "pieces of unexploded ordnance": Noun("uxo", "mine", plural=True),
    "items of unexploded ordnance": Noun("uxo", "mine", plural=True),
    "pieces of uxo": Noun("uxo", "mine", plural=True),
    "items of uxo": Noun("uxo", "mine", plural=True),
    "pieces of artillery": Noun("artillery", "weapon", plural=True, weapon="artillery"),
    "pieces of military equipment": Noun("weapon", "weapon", plural=True),
    "queues of vehicles": Noun("queue", "people", plural=True),
    "queues of people": Noun("queue", "people", plural=True),
    "boxes of ammunition": Noun("ammunition", "weapon", plural=True),
    "remnants of ammunition": Noun("uxo", "mine", plural=True),
    "extension of a trench": Noun("structure", "structure"),
    "extension to a trench": Noun("structure", "structure"),
    "section of a trench": Noun("structure", "structure"),
    "signs of damage": Noun("damage", "damage", plural=True),
    "visible signs of damage": Noun("damage", "damage", plural=True),
    "visible damage": Noun("damage", "damage", plural=True),
    "traces of shelling": Noun("damage", "damage", plural=True),
    "instances of small arms fire": Noun(
        "fire", "event", plural=True, weapon="small_arms"
    ),
    "flashes of light": Noun("muzzle_flash", "event", plural=True),
}

NOUNS: Phrasebook[Noun] = Phrasebook(_entries())
#: Groups whose nouns may never be skipped unread.
HARD_GROUPS = frozenset({"event", "weapon", "mine", "violation", "casualty"})
