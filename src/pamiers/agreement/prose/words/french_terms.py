"""French: approximate figures, times in office, duties in step."""

from typing import Final

TERMS: Final = {
    "about": "environ {amount}",
    "tolerance.one": "Le nombre est approximatif ; il est jugé à {shares} près.",
    "tolerance.several": (
        "Le nombre est approximatif ; il est jugé séparément avec "
        "chacune de ces marges : {shares}."
    ),
    "life.extended": (
        "Sa durée a été prolongée jusqu’à ce moment : {until} ; convenu : {on}{by}."
    ),
    "life.extended.blank": "Comment il a été prolongé : [à convenir].",
    "role.chair": "Présidence : {who}.",
    "role.vice": "Vice-présidence : {who}.",
    "role.hosted": "Hôte : {who}.",
    "role.command": "Sous le commandement de : {who}.",
    "role.named": "Désignation : {who}.",
    "role.mandate": "Mandat : {term}{by}.",
    "role.mandate.blank": "Mandat : [à convenir].",
    "role.seat": "{actor} : {number}",
    "role.seats": "Sièges : {seats}.",
    "role.renewal": "Comment le mandat peut être renouvelé : {rule}.",
    "office.from": "début {moment}",
    "office.until": ", fin {moment}",
    "office.lasts": ", durée {time}",
    "office.by": ", par {by}",
    "anchor.verified": (
        "c’est le moment où tous les obligés ont exécuté {clause} et "
        "où tous ceux qui le doivent l’ont vérifié"
    ),
    "alongside": (
        "De pair avec {clause} : exécuté au plus {time} après celle-ci "
        "; aucune n’attend l’autre."
    ),
    "alongside.open": (
        "De pair avec {clause} ; le texte ne dit pas quel écart est "
        "permis entre les deux."
    ),
    "alongside.blank": "De pair avec : [à convenir].",
    "edge.end.of.plain": "la fin du {day}",
    "edge.start.of.plain": "la première heure du {day}",
    "edge.day.after.plain": "la première heure du lendemain du {day}",
    "edge.end.of.counted.plain": "la fin du jour où tombe {day}",
    "edge.start.of.counted.plain": "la première heure du jour où tombe {day}",
    "edge.day.after.counted.plain": "la première heure du lendemain de {day}",
    "table.step": "de pair avec {clause}",
}
