"""Weapons of the reports: classes by name and systems by designation.

Source: the weapon types of the Package of Measures and its Addendum, and the
designations that the annexed tables of the Mission's reports use.
"""

from pamiers.ingest.smm.stream import Phrasebook

_NAMES = """
small_arms;small arms;small arm;small arms and light weapons;light weapons;rifle
small_arms;automatic rifle;assault rifle;sniper rifle;sniper;pistol;rifles
small_arms;infantry weapons
heavy_machine_gun;heavy machine gun;heavy machine guns;hmg;machine gun;machine guns
heavy_machine_gun;large calibre machine gun
light_machine_gun;light machine gun;light machine guns
automatic_grenade_launcher;automatic grenade launcher;automatic grenade launchers;agl
automatic_grenade_launcher;automatic grenade
grenade_launcher;grenade launcher;grenade launchers;under barrel grenade launcher
grenade_launcher;under barrel grenade launchers;rocket propelled grenade launcher;rpg
grenade_launcher;rocket propelled grenade;rocket propelled grenades
grenade_launcher;hand held grenade launcher
mortar;mortar;mortars
artillery;artillery;heavy artillery;howitzer;howitzers;self propelled howitzer
artillery;towed howitzer;tube artillery
mlrs;multiple launch rocket system;multiple launch rocket systems;mlrs
mlrs;rocket artillery
tank;tank;tanks
ifv;infantry fighting vehicle;infantry fighting vehicles;ifv;ifvs
ifv;infantry fighting vehicle cannon;ifv cannon
apc;armoured personnel carrier;apc;armoured personnel carrier cannon;apc cannon
acv;armoured combat vehicle;armoured fighting vehicle;armoured vehicle;acv
anti_aircraft;anti aircraft;anti aircraft cannon;anti aircraft gun
anti_aircraft;anti aircraft cannons;anti aircraft guns;anti aircraft weapon
anti_aircraft;anti aircraft system;zenith gun
anti_tank_gun;anti tank gun;recoilless gun;recoilless rifle;anti tank;anti tank weapon
anti_tank_missile;anti tank guided missile;anti tank guided missile system;atgm
anti_tank_missile;guided missile
cannon;cannon;gun;cannons
surface_to_air_missile;surface to air missile;surface to air missile system
undetermined;undetermined weapon;undetermined weapons;undetermined type of weapon
undetermined;undetermined type of weapons;unknown weapon;unknown weapons
undetermined;undetermined weapon system;n/k
"""

WEAPON_NAMES: Phrasebook[str] = Phrasebook(
    {
        name: line.split(";")[0]
        for line in _NAMES.strip().splitlines()
        for name in line.split(";")[1:]
    }
)

_SYSTEMS = """
tank;T-55 T-62 T-64 T-64A T-64B T-64BV T-64BM T-72 T-72B T-72B3 T-80 T-80BV T-84 T-90
howitzer;2S1 2S3 2S5 2S7 2S19 2S33 2A18 2A36 2A65 2B16 D-20 D-30 D-30A M-46 D-44 D-48
howitzer;2A61
mortar;2B9 2B9M 2B11 2B14 2B23 2B25 2S4 2S9 2S12 2S23 M-120 M120-15 PM-38 PM-43 BM-37
mlrs;BM-21 BM-27 BM-30 9P140 9A52 9K57 9K58 9K55 TOS-1 TOS-1A 9A51
anti_tank_gun;MT-12 T-12 SPG-9 SPG-9M BS-3 B-10 ZIS-3 2A29
anti_tank_missile;9M111 9M113 9P148 9P149 9P135 9K111 9K113 9K114 9M133 9K135 9K115
anti_tank_missile;FGM-148
surface_to_air_missile;9K33 9K35 9K37 9K330 9K331 9K38 9K310 9A33 9A35 2K22 S-300 9K34
surface_to_air_missile;9K32
anti_aircraft;ZU-23 ZU-23-2 ZSU-23-4 ZSU-23 2A14 AZP-23 S-60 ZPU-2 ZPU-4 ZPU-1
ifv;BMP-1 BMP-2 BMP-3 BMP-1K BMP-2K BMD-1 BMD-2 BMD-4 BRM-1K BRM-1 BMP-1KSh BMP-1KSH
apc;BTR-60 BTR-70 BTR-80 BTR-80A BTR-82 BTR-82A BTR-3 BTR-3E BTR-4 BTR-D BTR-50 MT-LB
apc;MT-LBu BTR-60PB BTR-MD
acv;BRDM-1 BRDM-2 BRDM BPM-97 BREM-1 BREM-2 IMR-2 BTS-4 MTP-LB UR-77 UR-67 GT-MU BAT-2
heavy_machine_gun;DSHK NSV KPVT PK PKM NSVT
small_arms;AK-74 AK-47 AKM SVD RPK RPK-74 PM
automatic_grenade_launcher;AGS-17 AGS-30 AGS-57 UAG-40
grenade_launcher;RPG-7 RPG-18 RPG-22 RPG-26 GP-25 RPO-A RPG-29
mine;TM-62 TM-62M TM-57 TM-72 PMN-1 PMN-2 PMN-4 MON-50 MON-90 MON-100 MON-200 OZM-72
mine;POM-2 PFM-1 PTM-1 PTM-3 PTM-4 OZM-4 TM-62P3 TM-62P2
electronic_warfare;R-330ZH R-934B 1L219 1L260 1RL232 1RL134 RB-341V SNAR-10 ARK-1
electronic_warfare;1L271 R-378B
"""
SYSTEM_CLASS: dict[str, str] = {
    system.upper(): line.split(";")[0]
    for line in _SYSTEMS.strip().splitlines()
    for system in line.split(";")[1].split()
}
