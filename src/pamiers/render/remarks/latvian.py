"""The sentences of a stress test and of a plan, in Latvian."""

from collections.abc import Mapping
from typing import Final

#: what stands on the first page of everything that shows an outcome
STRESS_LIMITS: Final = (
    (
        "Tie ir nepieciešami nosacījumi modelī, nevis prognoze: nekas šeit nesaka, cik "
        "ticami ir, ka kāds kaut ko ievēros vai pārkāps."
    ),
    (
        "Ieguvumi ir to cilvēku spriedums, kas nosaukti pie katra skaitļa. Lieciet "
        "vietā savējos un skatieties, kas mainās."
    ),
    (
        "Katra puse ir ņemta kā viens rēķinošs dalībnieks. Miera jaucēji, vietējie "
        "komandieri, pārpratumi un iekšpolitika paliek ārpus modeļa."
    ),
    (
        "Ja kādai pusei neatmaksājas pati piedalīšanās, neviens punkts, kas tai turas, "
        "neko nenozīmē."
    ),
    (
        "Ilgākas un bargākas atbildes šeit izskatās labākas, bet viltus trauksmēs "
        "sadedzina vairāk miera; parādīti abi skaitļi."
    ),
)

STRESS: Final[Mapping[str, str]] = {
    "peace-holds": "Piedalīties ir labāk visur norādītajos diapazonos.",
    "peace-partly": (
        "Piedalīties ir labāk pie ticamākajiem skaitļiem ({likeliest:+.4g}), bet ne "
        "visur diapazonos ({worst:+.4g})."
    ),
    "peace-fails": (
        "Pie ticamākajiem skaitļiem labāk ir atgriezties pie kara ({likeliest:+.4g}). "
        "Neviens punkts to nevar atsvērt."
    ),
    "peace-shift": (
        "Atlikts karš ir vērtīgāks par mieru līdz tam: varas nobīde, kurai šis modelis "
        "tālāk neseko."
    ),
    "clause-holds": (
        "{clause}: ievērot ir labāk visur diapazonos (sliktākajā gadījumā "
        "{worst:+.4g})."
    ),
    "clause-partly": (
        "{clause}: ievērot ir labāk pie ticamākajiem skaitļiem ({likeliest:+.4g}) un "
        "{share:.0%} diapazonu, bet ne sliktākajā stūrī ({worst:+.4g})."
    ),
    "clause-fails": (
        "{clause}: pārkāpt ir labāk pie ticamākajiem skaitļiem ({likeliest:+.4g}); "
        "ievērot ir labāk {share:.0%} diapazonu."
    ),
    "clause-accuses": (
        "{clause}: trauksmes apsūdz godprātīgos vismaz tikpat bieži, cik atrod "
        "pārkāpumus, tāpēc atbilde neko nemāca."
    ),
    "clause-no-monitoring": (
        "{clause}: nekāda novērošana to nenosegs; to var tikai ātrums, sekas vai "
        "stimuli."
    ),
    "clause-detection": (
        "{clause}: turētos, ja pārkāpumu atrastu un attiecinātu uz īsto pusi vismaz "
        "{least:.0%} periodu; tagad {now:.0%}."
    ),
    "clause-no-speed": "{clause}: to nenosegtu pat tūlītēja atbilde.",
    "clause-lag": (
        "{clause}: turētos, ja atbildētu {days:.3g} dienu laikā pēc atrašanas."
    ),
    "clause-no-loss": "{clause}: to nenosedz nekāds zaudējums, lai cik liels.",
    "clause-loss": (
        "{clause}: turētos, ja atbilde atņemtu vismaz {least:.4g}; tagad tā atņem "
        "{now:.4g}."
    ),
    "clause-lever": ("{clause}: lētākā atsevišķā pārmaiņa, kas to nosedz, ir {lever}."),
    "joint": (
        "Pārkāpt {clauses} kopā dod {worth:+.4g} pie ticamākajiem skaitļiem: visiem "
        "seko viena atbilde."
    ),
    "joint-at-least": (
        "Pārkāpt {clauses} kopā dod vismaz {worth:+.4g} pie ticamākajiem skaitļiem; "
        "cita kopa var dot vairāk."
    ),
    "joint-worst": (
        "Pārkāpt {clauses} kopā dod {worth:+.4g} diapazonu sliktākajā stūrī."
    ),
    "joint-worst-at-least": (
        "Pārkāpt {clauses} kopā dod vismaz {worth:+.4g} diapazonu sliktākajā stūrī; "
        "cita kopa var dot vairāk."
    ),
    "trust-always": "Ievērot ir labāk, lai ko darītu otra puse.",
    "trust-likely": (
        "Ievērot ir labāk, tiklīdz par {least:.0%} ir drošs, ka otra puse ievēro."
    ),
    "trust-risky": (
        "Ievērot ir labāk tikai tad, ja par {least:.0%} ir drošs, ka otra puse ievēro: "
        "vairāk nekā puse uz pusi."
    ),
    "trust-never": "Pārkāpt ir labāk pat tad, ja ir drošs, ka otra puse ievēro.",
    "step-never": (
        "{responder} nekad neizpildītu soli {step}: tas maksā vairāk, nekā atjauno, "
        "visur diapazonos. Tas skaitīts kā nulle."
    ),
    "step-unlikely": (
        "{responder} neizpildītu soli {step} pie ticamākajiem skaitļiem: tas maksā "
        "vairāk, nekā atjauno. Tur tas skaitīts kā nulle."
    ),
    "step-doubtful": (
        "{responder} varētu neizpildīt soli {step}: daļā diapazonu tas maksā vairāk, "
        "nekā atjauno."
    ),
    "change-none-needed-likeliest": "Pie ticamākajiem skaitļiem nekas nav jāmaina.",
    "change-none-needed-ranges": "Nekur diapazonos nekas nav jāmaina.",
    "change-likeliest": (
        "Lētākā pakete, kas abām pusēm nosedz visu pie ticamākajiem skaitļiem: "
        "{levers} (izmaksas {cost:g})."
    ),
    "change-ranges": (
        "Lētākā pakete, kas abām pusēm nosedz visu visur diapazonos: {levers} "
        "(izmaksas {cost:g})."
    ),
    "change-none-likeliest": (
        "Neviena piedāvāto sviru pakete abām pusēm nenosedz visu pie ticamākajiem "
        "skaitļiem."
    ),
    "change-none-ranges": (
        "Neviena piedāvāto sviru pakete abām pusēm nenosedz visu visur diapazonos."
    ),
    "change-not-below-likeliest": (
        "Neviena pakete, kas lētāka par {cost:g}, nenosedz visu pie ticamākajiem "
        "skaitļiem; dārgākas nav mēģinātas."
    ),
    "change-not-below-ranges": (
        "Neviena pakete, kas lētāka par {cost:g}, nenosedz visu diapazonos; dārgākas "
        "nav mēģinātas."
    ),
}

#: what stands before everything that shows a plan
PLAN_LIMITS: Final = (
    "Līknes, cenas, vietas un atrunas ir failā nosaukto cilvēku vārds.",
    (
        "Pamanītais skaitīts sliktākajā posmā un sliktākajā stundā: kas pārkāpj "
        "punktu, izvēlas abus."
    ),
    (
        "Rezerves ir nepieciešami nosacījumi modelī, nevis prognoze par to, ko kāds "
        "darīs."
    ),
    (
        "Kur stāv posteņi un kur tie redz maz, ir ceļvedis, kā izvairīties: tas paliek "
        "pie tiem, kas posteņus izvieto."
    ),
)

PLAN: Final[Mapping[str, str]] = {
    "certificate": (
        "Mazākā rezerve pieaug no {before:+.3g} līdz {value:+.3g} miera periodiem; "
        "šajās robežās iespējams augstākais par {left:.1%} labāk."
    ),
    "certificate-enough": (
        "Mazākā rezerve pieaug no {before:+.3g} vismaz līdz prasītajam ({value:+.3g} "
        "miera periodi): pēc šī mēra neviens plāns nav labāks."
    ),
    "certificate-none": (
        "Nekas no atļautā nepalielina mazāko rezervi ({value:+.3g}); neviens plāns "
        "šajās robežās nepaceļ to virs {bound:+.3g}."
    ),
    "open": (
        "Nekāda novērošana nenosedz {clauses}: tiem tiek atlikums, un mazākajā rezervē "
        "tie nav skaitīti."
    ),
    "equity": (
        "Abas puses novēro vienādi ar precizitāti {unequal:.0%}; bija atļauts "
        "{allowed:.0%}."
    ),
    "equity-open": "Abas puses novēro vienādi atļauto {allowed:.0%} robežās.",
    "uneven-open": "Puses novēro nevienādi: vairāk par atļautajiem {allowed:.0%}.",
    "uneven": (
        "Puses novēro nevienādi: starpība {unequal:.0%}, bija atļauts {allowed:.0%}."
    ),
    "used": (
        "Posteņi: {posts}; izmaksas {cost:g} no {budget:g} ({unit}); vajag "
        "{persons:.0f} no {most:.0f} personām sarakstā."
    ),
    "needed": (
        "Lai nosegtu katru punktu, ko novērošana var nosegt, vajag aptuveni {posts} "
        "posteņus, {cost:g} ({unit}) un {persons:.0f} personas."
    ),
    "needed-more": (
        "Šīs vietas un līdzekļi nenosedz katru punktu, ko novērošana varētu nosegt, "
        "lai cik būtu naudas un cilvēku."
    ),
    "pledged": (
        "{contingent}: vajag {used:.0f} personas no {here:.0f}, ko tas dod; {pledge} "
        "sola līdz {most:.0f}, no tām ieradušās {delivered:.0f}."
    ),
    "pledged-open": (
        "{contingent}: vajag {used:.0f} personas no {here:.0f}, ko tas dod; skaitlis "
        "tām nav apsolīts."
    ),
    "loss-contingent": (
        "Bez kontingenta {what} zūd posteņi: {posts}, un mazākā rezerve ir "
        "{value:+.3g}."
    ),
    "loss-road": (
        "Bez ceļa {what} zūd posteņi: {posts}, un mazākā rezerve ir {value:+.3g}."
    ),
    "loss-means": (
        "Ja neredz neviens no līdzekļiem {what}, zūd posteņi: {posts}, un mazākā "
        "rezerve ir {value:+.3g}."
    ),
    "lottery": (
        "{clause}: nākamajā reizē apmeklēt ar varbūtību {now:.0%}, pēc lozes; "
        "izsludinātas, {announced:.0%} reižu attur, un {visits} apmeklējumu uz "
        "{occasions} reizēm pietiek."
    ),
    "lottery-short": (
        "{clause}: nākamajā reizē apmeklēt ar varbūtību {now:.0%}, pēc lozes; "
        "izsludinātas, {announced:.0%} reižu atturētu, un {visits} apmeklējumu uz "
        "{occasions} reizēm ir par maz."
    ),
}
