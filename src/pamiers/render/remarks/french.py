"""The sentences of a stress test and of a plan, in French."""

from collections.abc import Mapping
from typing import Final

#: what stands on the first page of everything that shows an outcome
STRESS_LIMITS: Final = (
    (
        "Ce sont des conditions nécessaires dans un modèle, non une prévision : rien "
        "ici ne dit avec quelle probabilité quelqu’un respectera ou enfreindra quoi "
        "que ce soit."
    ),
    (
        "Les gains sont le jugement des personnes nommées à côté de chaque chiffre. "
        "Mettez les vôtres à la place et voyez ce qui change."
    ),
    (
        "Chaque partie est prise pour un seul acteur qui calcule. Fauteurs de trouble, "
        "commandants locaux, malentendus et politique intérieure restent hors du "
        "modèle."
    ),
    (
        "Si la participation elle-même ne vaut pas la peine pour une partie, aucune "
        "clause qui tient pour elle ne compte."
    ),
    (
        "Des réponses plus longues et plus dures paraissent meilleures ici, mais "
        "brûlent davantage de paix par de fausses alertes ; les deux chiffres sont "
        "montrés."
    ),
)

STRESS: Final[Mapping[str, str]] = {
    "peace-holds": (
        "Participer est le meilleur choix partout dans les fourchettes énoncées."
    ),
    "peace-partly": (
        "Participer est le meilleur choix aux chiffres les plus vraisemblables "
        "({likeliest:+.4g}), mais pas partout dans les fourchettes ({worst:+.4g})."
    ),
    "peace-fails": (
        "Reprendre la guerre est le meilleur choix aux chiffres les plus "
        "vraisemblables ({likeliest:+.4g}). Aucune clause ne peut compenser cela."
    ),
    "peace-shift": (
        "La guerre remise à plus tard vaut plus que la paix d’ici là : un déplacement "
        "de puissance que ce modèle ne suit pas plus loin."
    ),
    "clause-holds": (
        "{clause} : respecter vaut mieux partout dans les fourchettes ({worst:+.4g} au "
        "pire)."
    ),
    "clause-partly": (
        "{clause} : respecter vaut mieux aux chiffres les plus vraisemblables "
        "({likeliest:+.4g}) et dans {share:.0%} des fourchettes, mais pas dans le pire "
        "coin ({worst:+.4g})."
    ),
    "clause-fails": (
        "{clause} : enfreindre vaut mieux aux chiffres les plus vraisemblables "
        "({likeliest:+.4g}) ; respecter vaut mieux dans {share:.0%} des fourchettes."
    ),
    "clause-accuses": (
        "{clause} : ses alertes accusent ceux qui respectent au moins aussi souvent "
        "qu’elles trouvent des infractions ; une réponse n’apprend donc rien."
    ),
    "clause-no-monitoring": (
        "{clause} : aucune surveillance, si étendue soit-elle, n’y suffit ; seuls la "
        "rapidité, le remède ou l’incitation le peuvent."
    ),
    "clause-detection": (
        "{clause} : tiendrait si l’infraction était trouvée et attribuée au bon côté "
        "dans au moins {least:.0%} des périodes ; aujourd’hui {now:.0%}."
    ),
    "clause-no-speed": "{clause} : même une réponse immédiate n’y suffirait pas.",
    "clause-lag": (
        "{clause} : tiendrait avec une réponse dans les {days:.3g} jours après la "
        "découverte."
    ),
    "clause-no-loss": "{clause} : aucune perte, si grande soit-elle, n’y suffit.",
    "clause-loss": (
        "{clause} : tiendrait avec une réponse qui ôte au moins {least:.4g} ; "
        "aujourd’hui elle ôte {now:.4g}."
    ),
    "clause-lever": (
        "{clause} : le changement unique le moins cher qui y suffit est {lever}."
    ),
    "joint": (
        "Enfreindre {clauses} ensemble rapporte {worth:+.4g} aux chiffres les plus "
        "vraisemblables : une seule réponse suit le tout."
    ),
    "joint-at-least": (
        "Enfreindre {clauses} ensemble rapporte au moins {worth:+.4g} aux chiffres les "
        "plus vraisemblables ; un autre ensemble peut rapporter plus."
    ),
    "joint-worst": (
        "Enfreindre {clauses} ensemble rapporte {worth:+.4g} dans le pire coin des "
        "fourchettes."
    ),
    "joint-worst-at-least": (
        "Enfreindre {clauses} ensemble rapporte au moins {worth:+.4g} dans le pire "
        "coin des fourchettes ; un autre ensemble peut rapporter plus."
    ),
    "trust-always": "Respecter vaut mieux quoi que fasse l’autre côté.",
    "trust-likely": (
        "Respecter vaut mieux dès que l’on est sûr à {least:.0%} que l’autre côté "
        "respecte."
    ),
    "trust-risky": (
        "Respecter ne vaut mieux que si l’on est sûr à {least:.0%} que l’autre côté "
        "respecte : plus d’une chance sur deux."
    ),
    "trust-never": (
        "Enfreindre vaut mieux même si l’on est sûr que l’autre côté respecte."
    ),
    "step-never": (
        "{responder} n’exécuterait jamais {step} : cela coûte plus que cela ne "
        "rétablit, partout dans les fourchettes. Compté pour zéro."
    ),
    "step-unlikely": (
        "{responder} n’exécuterait pas {step} aux chiffres les plus vraisemblables : "
        "cela coûte plus que cela ne rétablit. Compté pour zéro à cet endroit."
    ),
    "step-doubtful": (
        "{responder} pourrait ne pas exécuter {step} : dans une partie des "
        "fourchettes, cela coûte plus que cela ne rétablit."
    ),
    "change-none-needed-likeliest": (
        "Rien n’a besoin de changer aux chiffres les plus vraisemblables."
    ),
    "change-none-needed-ranges": (
        "Rien n’a besoin de changer nulle part dans les fourchettes."
    ),
    "change-likeliest": (
        "L’ensemble le moins cher qui suffit à tout, pour les deux, aux chiffres les "
        "plus vraisemblables : {levers} (coût {cost:g})."
    ),
    "change-ranges": (
        "L’ensemble le moins cher qui suffit à tout, pour les deux, partout dans les "
        "fourchettes : {levers} (coût {cost:g})."
    ),
    "change-none-likeliest": (
        "Aucun ensemble des leviers proposés ne suffit à tout, pour les deux, aux "
        "chiffres les plus vraisemblables."
    ),
    "change-none-ranges": (
        "Aucun ensemble des leviers proposés ne suffit à tout, pour les deux, partout "
        "dans les fourchettes."
    ),
    "change-not-below-likeliest": (
        "Aucun ensemble à moins de {cost:g} ne suffit à tout aux chiffres les plus "
        "vraisemblables ; de plus chers n’ont pas été essayés."
    ),
    "change-not-below-ranges": (
        "Aucun ensemble à moins de {cost:g} ne suffit à tout dans les fourchettes ; de "
        "plus chers n’ont pas été essayés."
    ),
}

#: what stands before everything that shows a plan
PLAN_LIMITS: Final = (
    (
        "Courbes, prix, sites et réserves sont la parole des personnes nommées dans le "
        "fichier."
    ),
    (
        "Ce qui est remarqué se compte dans le pire secteur et à la pire heure : qui "
        "enfreint une clause choisit les deux."
    ),
    (
        "Les marges sont des conditions nécessaires dans un modèle, non une prévision "
        "de ce que quelqu’un fera."
    ),
    (
        "Où sont les postes et où ils voient peu est un guide pour les contourner : "
        "cela reste entre les mains de ceux qui les placent."
    ),
)

PLAN: Final[Mapping[str, str]] = {
    "certificate": (
        "La plus petite marge passe de {before:+.3g} à {value:+.3g} périodes de paix ; "
        "dans ces limites, on peut faire mieux de {left:.1%} au plus."
    ),
    "certificate-enough": (
        "La plus petite marge passe de {before:+.3g} au moins à ce qui était demandé "
        "({value:+.3g} périodes de paix) : aucun plan ne fait mieux à cette mesure."
    ),
    "certificate-none": (
        "Rien de ce qui peut être placé n’élève la plus petite marge ({value:+.3g}) ; "
        "aucun plan dans ces limites ne la porte au-dessus de {bound:+.3g}."
    ),
    "open": (
        "Aucune surveillance ne suffit à {clauses} : ce qui reste leur est consacré, "
        "et elles ne comptent pas dans la plus petite marge."
    ),
    "equity": (
        "Les deux côtés sont surveillés de même à {unequal:.0%} près ; {allowed:.0%} "
        "étaient permis."
    ),
    "equity-open": (
        "Les deux côtés sont surveillés de même, aux {allowed:.0%} permis près."
    ),
    "uneven-open": (
        "Les deux côtés ne sont pas surveillés de même : plus que les {allowed:.0%} "
        "permis."
    ),
    "uneven": (
        "Les deux côtés ne sont pas surveillés de même : {unequal:.0%} d’écart, "
        "{allowed:.0%} étaient permis."
    ),
    "used": (
        "Postes : {posts} ; coût {cost:g} sur {budget:g} ({unit}) ; il faut "
        "{persons:.0f} personnes sur {most:.0f} à l’effectif."
    ),
    "needed": (
        "Pour suffire à chaque clause à laquelle la surveillance peut suffire, il faut "
        "environ {posts} postes, {cost:g} ({unit}) et {persons:.0f} personnes."
    ),
    "needed-more": (
        "Ces sites et ces moyens ne suffisent pas à chaque clause à laquelle la "
        "surveillance pourrait suffire, quels que soient l’argent et les personnes."
    ),
    "pledged": (
        "{contingent} : il faut {used:.0f} personnes sur les {here:.0f} qu’il apporte "
        "; {pledge} en promet jusqu’à {most:.0f}, dont {delivered:.0f} sont venues."
    ),
    "pledged-open": (
        "{contingent} : il faut {used:.0f} personnes sur les {here:.0f} qu’il apporte "
        "; aucun chiffre n’est promis pour elles."
    ),
    "loss-contingent": (
        "Sans le contingent {what}, les postes en moins sont {posts} et la plus petite "
        "marge est {value:+.3g}."
    ),
    "loss-road": (
        "Sans la route {what}, les postes en moins sont {posts} et la plus petite "
        "marge est {value:+.3g}."
    ),
    "loss-means": (
        "Si tous les moyens {what} sont aveugles, les postes en moins sont {posts} et "
        "la plus petite marge est {value:+.3g}."
    ),
    "lottery": (
        "{clause} : visiter à la prochaine occasion avec une probabilité de {now:.0%}, "
        "par tirage au sort ; annoncées, {announced:.0%} des occasions dissuadent, et "
        "{visits} visites pour {occasions} occasions suffisent."
    ),
    "lottery-short": (
        "{clause} : visiter à la prochaine occasion avec une probabilité de {now:.0%}, "
        "par tirage au sort ; annoncées, {announced:.0%} des occasions dissuaderaient, "
        "et {visits} visites pour {occasions} occasions sont trop peu."
    ),
}
