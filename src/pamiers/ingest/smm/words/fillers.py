"""Words that may be passed over: they carry no quantity, event or place.

A word that is in no list of this package is *unknown*. Unknown words are
counted as unread, and never silently dropped when they are names or numbers.
"""

from pamiers.ingest.smm.wordlist import words

FILLERS = frozenset(
    words(
        """
a an the this that these those its their his her it they he she them who whom which
whose what where when while whilst as than then there here also again still both
each every either same other another such all any some most majority only just even
however although though because since despite due owing given and or but nor of in
on at to from by with without within into onto over under above below behind beside
between through throughout during after before until upon along across around about
against towards toward near via per for out off up down is are was were be been
being has have had having do does did done will would shall should may might can
could must not no yes so very too more less further farther additional approximately
almost nearly roughly well including included include includes namely respectively
particular total totals overall mostly mainly partly likely probably possibly
apparently respectively sequence followed following subsequently previously later
earlier soon immediately once time times first second third last late early day
daily hours hour minutes minute seconds period continued continue continuing smm
mission osce 's '
"""
    )
)
