"""The labels of the report of a stress test, in Latvian."""

from collections.abc import Mapping
from typing import Final

LABELS: Final[Mapping[str, str]] = {
    "title": "Vai tas turētos?",
    "subtitle": "Noturības pārbaude norādītajos diapazonos",
    "foot": "{agreement}: noturības pārbaude. Lappuse",
    "period": "Viens periods ir {days:g} dienas. Ieguvumu mērvienība: {unit}.",
    "draws": (
        "Daļas skaitītas {draws:,} izlozēs no norādītajiem diapazoniem, sēkla {seed}."
    ),
    "limits": "Kas tas ir un kas nav",
    "assumed": "Pieņēmumi",
    "assumed-about": (
        "Katrs skaitlis ir diapazons, ko kāds norādījis. Aizstājiet jebkuru un "
        "skatieties, kas mainās."
    ),
    "basis": "{author}, {on}: {source}",
    "figures-of": "skaitļi: {n}",
    "who": "Kā spriedums",
    "figures": "Skaitļi",
    "summary": "Īsumā",
    "weakest-of": (
        "{party}: vājākais punkts ir {clause}, rezerve {margin} pie ticamākajiem "
        "skaitļiem un {worst} sliktākajā stūrī, jo pārkāpums dod {gain} ({unit}), to "
        "atrod un attiecina uz īsto pusi {found} periodu, atbild {time} vēlāk, un "
        "atbilde kopā atņem {loss}."
    ),
    "heat": "Punkti pa pusēm",
    "heat-about": (
        "Rezerve ir tas, cik ievērot ir vērtīgāk nekā pārkāpt pie ticamākajiem "
        "skaitļiem; zem tās diapazonu sliktākais stūris, izložu daļa, kurā ievērot "
        "ir labāk, un aiz ⚙ lētākā atsevišķā svira, kas nosedz."
    ),
    "clause": "Punkts",
    "taking-part": "piedalīties vispār",
    "holds": "turas visur",
    "partly": "ne visur",
    "fails": "neturas",
    "cell": "sliktākais {worst}, {share} izložu",
    "lever": "⚙ {lever}",
    "lever-likeliest": "⚙ {lever}, pie ticamākajiem",
    "thresholds": "Kam būtu jābūt patiesam",
    "thresholds-about": (
        "Katrs skaitlis atsevišķi, pārējie ticamākie. Kur vairāk atklāšanas punktu "
        "nenosedz, to var tikai ātrums, sekas vai stimuli."
    ),
    "least-detection": "atrasts un attiecināts uz pusi vismaz (tagad)",
    "longest-lag": "atbilde dienu laikā (tagad)",
    "least-loss": "pārkāpēja zaudējums kopā vismaz (tagad)",
    "never": "nepietiek ne ar kādu",
    "any": "jebkāds",
    "joint": "Vairāki punkti kopā",
    "joint-about": (
        "Pluss ir pārkāpēja ieguvums vienā periodā un nokavējumā pēc tā. Rezerves "
        "skaita ilgstošu pārkāpumu līdz atbildei: tās nav salīdzināmas."
    ),
    "joint-none": "Pārkāpt vairākus punktus kopā nevienam nedod vairāk kā vienu.",
    "others": "Uzticēšanās un atbildes",
    "change": "Lētākā pārmaiņa",
    "tornado": "Kas pārbīda vājāko punktu, {party}: {clause}",
    "tornado-words": (
        "Šo rezervi visvairāk pārbīda {figure}: no {low} pie mazākās līdz {high} pie "
        "lielākās vērtības. Gaišās joslas ir mazākie, tumšās – lielākie skaitļi."
    ),
    "margin": "rezerve [ieguvuma vienība]; svītrots: nulle",
    "frontier": "Ko paketes maksā un sasniedz",
    "frontier-words": (
        "No {packages} paketēm {best} sliktākajā stūrī vai pie ticamākajiem skaitļiem "
        "nepārspēj neviena tikpat lēta; vairāk par {most} sliktākajā stūrī nesasniedz "
        "neviena. Virs svītrotās līnijas sliktākajā stūrī turas viss."
    ),
    "cost": "izmaksas",
    "smallest-worst": "mazākā rezerve, sliktākais stūris",
    "smallest-likeliest": "mazākā rezerve, ticamākā",
    "letter": "Pakete",
    "levers": "Sviras",
    "no-lever": "nekas nav mainīts",
    "delay-chart": "Atklāšana un kavēšanās, {party}: {clause}",
    "delay-words": (
        "Pie tagadējās kavēšanās punkts turas no atklāšanas {least}; tagad tā ir "
        "{now}. Iekrāsotajā laukā ievērot ir labāk; iesvītrotajā nepietiek ne ar kādu "
        "atklāšanu."
    ),
    "delay-never": (
        "Pie tagadējās kavēšanās nepietiek ne ar kādu atklāšanu; tagad tā ir {now}. "
        "Iekrāsotajā laukā ievērot ir labāk; iesvītrotajā to nenosedz nekāda "
        "novērošana."
    ),
    "delay": "dienas no atrašanas līdz atbildei",
    "detection": "atrasts un attiecināts uz īsto pusi, periodā",
    "today": "tagad",
    "ladder": "Ilgākas atbildes: ko tās attur un ko sadedzina",
    "ladder-words": (
        "Ar atbildēm, kā norādīts, pēc viltus trauksmēm paliek {now} miera, ar "
        "četrreiz ilgākām {long}; mazākais no abām pusēm."
    ),
    "kept": "atlikusī miera vērtības daļa",
    "times": "katra soļa ilgums, norādītā daudzkārtņos",
    "strips": "Divdesmit izlozētas gaitas, {party}: {clause}",
    "strips-words": (
        "No {runs} gaitām pusei, kas ievēro, {falsely} piedzīvo atbildi viltus "
        "trauksmes dēļ; no tikpat daudzām, kas pārkāpj, {found} saņem atbildi. Katra "
        "josla ir viena gaita {periods} periodos; skaitļi ir norādīti, izlozei ir "
        "sēkla."
    ),
    "keeps": "ievēro punktu",
    "breaks": "pārkāpj punktu pirmajā periodā",
    "quiet": "miers",
    "broken": "pārkāpums turpinās",
    "answered": "atbilde spēkā",
    "watched": "Kur novēro",
    "bands-about": (
        "Kurā joslā ir mazākais, ko posteņu plāns pamana kādā posmā jebkurā pusē. "
        "Precīzas varbūtības ir tiem, kas posteņus izvieto."
    ),
    "bands": "Pamanīts, jebkurā pusē",
    "band-0": "mazāk par 25 %",
    "band-1": "no 25 līdz 50 %",
    "band-2": "no 50 līdz 75 %",
    "band-3": "75 % vai vairāk",
    "watched-about": (
        "Mazākais, ko posteņu plāns pamana kādā posmā, pa punktiem un stundām. Kur tas "
        "ir, paliek pie tiem, kas posteņus izvieto."
    ),
    "annex": "Aizsargāts pielikums: kur plāns redz vismazāk",
    "annex-about": (
        "Ceļvedis, kā izvairīties: tiem, kas izvieto posteņus, un nevienam citam."
    ),
    "area": "Apgabals",
    "stretch": "Posms, austrumi un ziemeļi",
    "hour": "Stunda",
    "party": "Puse",
    "noticed": "Pamanīts",
    "figure": "Skaitlis",
    "range": "Mazākais, ticamākais, lielākais",
    "whose": "Pamats",
    "all-figures": "Visi pieņemtie skaitļi",
    "warnings": "Ko saka failu pārbaude",
    "against": "Blakus {other}",
    "at-lowest": "Rezerve pie mazākā",
    "at-highest": "Rezerve pie lielākā",
    "needed-detection": "Vajadzīgā atklāšana",
    "run": "Gaita",
    "periods-broken": "Pārkāpuma periodi",
    "periods-answered": "Atbildes periodi",
    "kept-by": "Atlikusī miera vērtība: {party}",
    "smallest-by": "Mazākā rezerve: {party}",
    "menu": "Ko dara katra svira un kas maksā",
    "menu-about": (
        "Katra svira maina tikai šeit nosauktos skaitļus. Izmaksas un maksātājs "
        "ir tādi, kā teikts failā."
    ),
    "lever-is": "Svira",
    "does": "Ko tā maina",
    "payer": "Kas maksā",
    "payer-open": "nav norādīts",
    "change-add": "{what} {by:+g}",
    "change-days": "{what} {by:+g} d.",
    "change-times": "{what} × {by:g}",
    "change-to": "{what} kļūst {by:g}",
    "change-to-days": "{what} kļūst {by:g} d.",
    "of-gain": "pārkāpuma ieguvums",
    "of-detection": "atklāšana",
    "of-verification": "pārbaude",
    "of-attribution": "attiecināšana",
    "of-false_alarm": "viltus trauksmes",
    "of-lag": "kavēšanās līdz atbildei",
    "of-correlation": "līdzekļu korelācija",
    "of-after": "soļa sākums",
    "of-lasts": "soļa ilgums",
    "of-loss": "soļa radītais zaudējums",
    "of-credibility": "soļa ticamība",
    "of-cost": "izmaksas atbildētājam",
    "of-restores": "vērtība atbildētājam",
    "of-peace": "miera vērtība",
    "of-war": "kara vērtība",
    "of-first_strike": "pirmā trieciena ieguvums",
    "of-discount": "nākamā perioda vērtība",
    "trust-about": (
        "Ko katra puse iegūst vienā periodā pie ticamākajiem skaitļiem. Risks ir "
        "tas, ko tā zaudē, ja ievēro un tiek pievilta; interese – tas, no kā tā "
        "atsakās, ja pārkāpj, kamēr otra ievēro. Ievērot ir labāk, ja iespēja, ka "
        "otra puse ievēro, ir vismaz risks / (risks + interese). Tas ir, kam būtu "
        "jātic, nevis prognoze par to, ko kāds darīs."
    ),
    "case": "Kas notiek",
    "both-keep": "abas ievēro",
    "only-other": "šī ievēro, otra pārkāpj",
    "only-self": "šī pārkāpj, otra ievēro",
    "both-break": "abas pārkāpj",
    "sure-at-least": "ievērot ir labāk no iespējas",
    "sure-never": "nekad",
    "sure-always": "jebkuras",
    "watched-unit": (
        "Plāns skaita rezerves miera periodos, lai abas puses mērītu vienādi. "
        "Viens šāds periods ir vērts {worths} ({unit}): daliet ar to šī pārskata "
        "rezerves."
    ),
    "smallest": "mazākā rezerve",
    "in-corner": "sliktākais stūris",
    "at-likeliest": "ticamākie skaitļi",
    "frontier-likeliest": "Pie ticamākajiem skaitļiem viss turas no izmaksām {cost}.",
    "frontier-likeliest-never": (
        "Arī pie ticamākajiem skaitļiem neviena pakete nenoslēdz visu."
    ),
    "strips-along": "periods",
    "package": (
        "Lētākā pakete, kas abām pusēm nosedz visu pie ticamākajiem skaitļiem: "
        "{levers}. Izmaksas: {cost} ({unit}); maksā: {payers}. Mazākā rezerve ar to "
        "ir {likeliest} pie ticamākajiem skaitļiem un {worst} sliktākajā stūrī; "
        "dalība un visi punkti turas šādā izložu daļā: {shares}."
    ),
    "above-watching": "{least}: vairāk, nekā novērošana var dot, augstākais {most}",
    "in-days": "{n} d.",
    "in-hours": "{n} h",
    "others-trust": "Uzticēšanās",
    "said-clause-fails": (
        "{clause}: pārkāpt ir labāk pie ticamākajiem skaitļiem ({likeliest}); ievērot "
        "ir labāk {share:.0%} izložu."
    ),
    "said-clause-detection-above": (
        "{clause}: turētos, ja pārkāpumu atrastu un attiecinātu uz īsto pusi vismaz "
        "{least:.0%} periodu (tagad {now:.0%}), bet tas ir vairāk, nekā novērošana "
        "var dot: augstākais {most:.0%} ar tagadējo pārbaudi un attiecināšanu."
    ),
    "said-clause-lag": "{clause}: turētos, ja atbildētu {time} laikā pēc atrašanas.",
    "said-clause-loss": (
        "{clause}: turētos, ja atbilde pārkāpējam kopā atņemtu vismaz {least} "
        "({unit}); tagad {now}."
    ),
    "said-trust-likely": (
        "ievērot ir labāk, tiklīdz šī puse ({party}) par {least:.0%} ir droša, ka "
        "otra puse ievēro."
    ),
    "said-trust-risky": (
        "ievērot ir labāk tikai tad, ja šī puse ({party}) vismaz par {least:.0%} ir "
        "droša, ka otra puse ievēro: vairāk nekā puse uz pusi."
    ),
    "each-period": "katrā periodā {n}",
}
