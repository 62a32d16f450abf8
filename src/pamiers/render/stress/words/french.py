"""The labels of the report of a stress test, in French."""

from collections.abc import Mapping
from typing import Final

LABELS: Final[Mapping[str, str]] = {
    "title": "Est-ce que cela tiendrait ?",
    "subtitle": "Une épreuve de résistance, dans les fourchettes énoncées",
    "foot": "{agreement} : épreuve de résistance. Page",
    "period": "Une période dure {days:g} jours. Les gains sont en {unit}.",
    "draws": (
        "Les parts sont comptées sur {draws:,} tirages dans les fourchettes énoncées, "
        "graine {seed}."
    ),
    "limits": "Ce que c’est, et ce que ce n’est pas",
    "assumed": "Hypothèses",
    "assumed-about": (
        "Chaque chiffre est une fourchette que quelqu’un a énoncée. Remplacez-en un et "
        "voyez ce qui change."
    ),
    "basis": "{author}, {on} : {source}",
    "figures-of": "{n} chiffres",
    "who": "Jugement de qui",
    "figures": "Chiffres",
    "summary": "En bref",
    "weakest-of": (
        "{party} : la clause la plus faible est {clause}, avec une marge de {margin} "
        "aux chiffres les plus vraisemblables et de {worst} dans le pire coin, parce "
        "qu’une infraction rapporte {gain} ({unit}), est trouvée et attribuée au bon "
        "côté dans {found} des périodes, reçoit une réponse {time} plus tard, et "
        "coûte alors {loss} en tout."
    ),
    "heat": "Clause par partie",
    "heat-about": (
        "La marge est ce que respecter vaut de plus qu’enfreindre, aux chiffres les "
        "plus vraisemblables ; dessous, le pire coin des fourchettes, la part des "
        "tirages où respecter vaut mieux, et après ⚙ le levier unique le moins cher "
        "qui y suffit."
    ),
    "clause": "Clause",
    "taking-part": "participer tout court",
    "holds": "tient partout",
    "partly": "pas partout",
    "fails": "ne tient pas",
    "cell": "pire {worst}, {share} des tirages",
    "lever": "⚙ {lever}",
    "lever-likeliest": "⚙ {lever}, au plus vraisemblable",
    "thresholds": "Ce qui devrait être vrai",
    "thresholds-about": (
        "Chaque chiffre seul, tout le reste au plus vraisemblable. Où plus de "
        "détection ne suffit pas, seuls la rapidité, le remède ou l’incitation le "
        "peuvent."
    ),
    "least-detection": "trouvé et attribué à un côté, au moins (aujourd’hui)",
    "longest-lag": "réponse au plus tard après, en jours (aujourd’hui)",
    "least-loss": "perte totale d’au moins (aujourd’hui)",
    "never": "aucune ne suffit",
    "any": "n’importe lequel",
    "joint": "Plusieurs clauses ensemble",
    "joint-about": (
        "Un plus est ce que gagne celui qui enfreint, sur une période et son délai. "
        "Les marges comptent une infraction qui dure jusqu’à la réponse : ne les "
        "comparez pas."
    ),
    "joint-none": (
        "Enfreindre plusieurs clauses ensemble ne rapporte à personne plus qu’une."
    ),
    "others": "Confiance et réponses",
    "change": "Le changement le moins cher",
    "tornado": "Ce qui déplace la clause la plus faible de {party} : {clause}",
    "tornado-words": (
        "Le chiffre qui déplace le plus cette marge est {figure} : de {low} au plus "
        "bas à {high} au plus haut. Barres claires : chiffres les plus bas ; foncées : "
        "les plus hauts."
    ),
    "margin": "marge [unité de gain] ; tirets : zéro",
    "frontier": "Ce que les ensembles coûtent et atteignent",
    "frontier-words": (
        "Sur {packages} ensembles, {best} ne sont dépassés, au pire coin ou au plus "
        "vraisemblable, par aucun d’aussi peu cher ; le plus qu’un ensemble atteigne "
        "au pire coin est {most}. Au-dessus des tirets, tout "
        "tient dans le pire coin."
    ),
    "cost": "coût",
    "smallest-worst": "plus petite marge, pire coin",
    "smallest-likeliest": "plus petite marge, la plus vraisemblable",
    "letter": "Ensemble",
    "levers": "Leviers",
    "no-lever": "rien de changé",
    "delay-chart": "Détection et délai pour {party} : {clause}",
    "delay-words": (
        "Au délai d’aujourd’hui, la clause tient à partir d’une détection de {least} ; "
        "aujourd’hui elle est de {now}. Respecter vaut mieux dans la zone teintée ; "
        "dans la zone hachurée, aucune détection ne suffit."
    ),
    "delay-never": (
        "Au délai d’aujourd’hui, aucune détection ne suffit ; aujourd’hui elle est de "
        "{now}. Respecter vaut mieux dans la zone teintée ; dans la zone hachurée, "
        "aucune surveillance n’y suffit."
    ),
    "delay": "jours entre la découverte et la réponse",
    "detection": "trouvé et attribué au bon côté, par période",
    "today": "aujourd’hui",
    "ladder": "Réponses plus longues : ce qu’elles dissuadent, ce qu’elles brûlent",
    "ladder-words": (
        "Avec les réponses telles qu’énoncées, {now} de la paix reste après les "
        "fausses alertes, à quatre fois leur durée {long} ; le moindre des deux côtés."
    ),
    "kept": "part de la valeur de la paix qui reste",
    "times": "durée de chaque étape, en multiple de ce qui est énoncé",
    "strips": "Vingt parcours tirés au sort pour {party} : {clause}",
    "strips-words": (
        "Sur {runs} parcours d’une partie qui respecte, {falsely} voient une réponse "
        "par fausse alerte ; sur autant qui enfreignent, {found} reçoivent une "
        "réponse. Chaque bande est un parcours de {periods} périodes ; les chiffres "
        "sont énoncés, le sort est tiré avec une graine."
    ),
    "keeps": "respecte la clause",
    "breaks": "enfreint la clause à la première période",
    "quiet": "calme",
    "broken": "l’infraction dure",
    "answered": "réponse en vigueur",
    "watched": "Où l’on surveille",
    "bands-about": (
        "Dans quelle tranche se situe le moins que le plan de postes remarque dans un "
        "secteur quelconque, de l’un ou l’autre côté. Les probabilités exactes sont "
        "pour ceux qui placent les postes."
    ),
    "bands": "Remarqué, d’un côté ou de l’autre",
    "band-0": "moins de 25 %",
    "band-1": "de 25 à 50 %",
    "band-2": "de 50 à 75 %",
    "band-3": "75 % ou plus",
    "watched-about": (
        "Le moins que le plan de postes remarque dans un secteur quelconque, par "
        "clause et par heure. Où cela se trouve reste entre les mains de ceux qui "
        "placent les postes."
    ),
    "annex": "Annexe protégée : où le plan voit le moins",
    "annex-about": (
        "Un guide pour contourner : pour ceux qui placent les postes et pour personne "
        "d’autre."
    ),
    "area": "Zone",
    "stretch": "Secteur, est et nord",
    "hour": "Heure",
    "party": "Partie",
    "noticed": "Remarqué",
    "figure": "Chiffre",
    "range": "Plus bas, plus vraisemblable, plus haut",
    "whose": "Source",
    "all-figures": "Tous les chiffres supposés",
    "warnings": "Ce que dit la vérification des fichiers",
    "against": "À côté de {other}",
    "at-lowest": "Marge au plus bas",
    "at-highest": "Marge au plus haut",
    "needed-detection": "Détection nécessaire",
    "run": "Parcours",
    "periods-broken": "Périodes d’infraction",
    "periods-answered": "Périodes de réponse",
    "kept-by": "Valeur de la paix qui reste : {party}",
    "smallest-by": "Plus petite marge : {party}",
    "menu": "Ce que fait chaque levier, et qui paie",
    "menu-about": (
        "Chaque levier change les chiffres nommés ici et rien d’autre. Les coûts "
        "et qui paierait sont ceux du fichier."
    ),
    "lever-is": "Levier",
    "does": "Ce qu’il change",
    "payer": "Qui paie",
    "payer-open": "non précisé",
    "change-add": "{what} {by:+g}",
    "change-days": "{what} {by:+g} jours",
    "change-times": "{what} × {by:g}",
    "change-to": "{what} devient {by:g}",
    "change-to-days": "{what} devient {by:g} jours",
    "of-gain": "gain d’une infraction",
    "of-detection": "détection",
    "of-verification": "vérification",
    "of-attribution": "attribution",
    "of-false_alarm": "fausses alertes",
    "of-lag": "délai jusqu’à la réponse",
    "of-correlation": "corrélation des moyens",
    "of-after": "début de l’étape",
    "of-lasts": "durée de l’étape",
    "of-loss": "perte par l’étape",
    "of-credibility": "crédibilité de l’étape",
    "of-cost": "coût pour qui répond",
    "of-restores": "valeur pour qui répond",
    "of-peace": "valeur de la paix",
    "of-war": "valeur de la guerre",
    "of-first_strike": "gain à frapper le premier",
    "of-discount": "valeur de la période suivante",
    "trust-about": (
        "Ce que chaque partie obtient en une période, aux chiffres les plus "
        "vraisemblables. Son risque est ce qu’elle perd si elle respecte et que "
        "l’autre enfreint ; son intérêt, ce qu’elle abandonne si elle enfreint "
        "quand l’autre respecte. Respecter vaut mieux dès une chance de risque / "
        "(risque + intérêt) que l’autre respecte. C’est ce qu’il faudrait croire, "
        "non une prévision de ce que quiconque fera."
    ),
    "case": "Ce qui arrive",
    "both-keep": "les deux respectent",
    "only-other": "celle-ci respecte, l’autre enfreint",
    "only-self": "celle-ci enfreint, l’autre respecte",
    "both-break": "les deux enfreignent",
    "sure-at-least": "respecter vaut mieux dès une chance de",
    "sure-never": "jamais",
    "sure-always": "toute chance",
    "watched-unit": (
        "Le plan compte les marges en périodes de paix, pour mesurer les deux "
        "parties de même. Une telle période vaut {worths} ({unit}) : divisez-en "
        "les marges de ce rapport."
    ),
    "smallest": "plus petite marge",
    "in-corner": "pire coin",
    "at-likeliest": "chiffres les plus vraisemblables",
    "frontier-likeliest": (
        "Aux chiffres les plus vraisemblables, tout tient dès un coût de {cost}."
    ),
    "frontier-likeliest-never": (
        "Aux chiffres les plus vraisemblables non plus, aucun ensemble ne tient "
        "partout."
    ),
    "strips-along": "période",
    "package": (
        "L’ensemble le moins cher qui suffit à tout, pour les deux, aux chiffres les "
        "plus vraisemblables : {levers}. Il coûte {cost} ({unit}) ; payé par : "
        "{payers}. La plus petite marge est alors de {likeliest} aux chiffres les "
        "plus vraisemblables et de {worst} dans le pire coin ; participer et toutes "
        "les clauses tiennent dans cette part des tirages : {shares}."
    ),
    "above-watching": (
        "{least} : plus que la surveillance ne peut donner, au plus {most}"
    ),
    "in-days": "{n} jours",
    "in-hours": "{n} h",
    "others-trust": "Confiance",
    "said-clause-fails": (
        "{clause} : enfreindre vaut mieux aux chiffres les plus vraisemblables "
        "({likeliest}) ; respecter vaut mieux dans {share:.0%} des tirages."
    ),
    "said-clause-detection-above": (
        "{clause} : tiendrait si l’infraction était trouvée et attribuée au bon côté "
        "dans au moins {least:.0%} des périodes (aujourd’hui {now:.0%}), mais c’est "
        "plus que la surveillance ne peut donner : au plus {most:.0%} avec la "
        "vérification et l’attribution telles quelles."
    ),
    "said-clause-lag": (
        "{clause} : tiendrait si la réponse venait dans un délai de {time} après la "
        "découverte."
    ),
    "said-clause-loss": (
        "{clause} : tiendrait si la réponse coûtait à qui enfreint au moins {least} "
        "({unit}) en tout ; aujourd’hui {now}."
    ),
    "said-trust-likely": (
        "respecter vaut mieux pour cette partie ({party}) dès qu’elle est sûre à "
        "{least:.0%} que l’autre côté respecte."
    ),
    "said-trust-risky": (
        "respecter ne vaut mieux pour cette partie ({party}) que si elle est sûre à "
        "au moins {least:.0%} que l’autre côté respecte : plus d’une chance sur deux."
    ),
    "each-period": "à chaque période {n}",
}
