"""Whether a question is in English, the language the bundled models read."""

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENGLISH = frozenset(
    "a about an and are as at be by can did do does for from had has have how in into is it many much of on or that "
    "the their they this to was were what when where which who why will with would".split()
)
# The commonest words of the languages nearest at hand that are not English words too.
_FOREIGN = frozenset(
    "wer wie wo wann warum welche welcher der das und ist sind wurde wurden über hat haben nicht mit auf ein eine den "
    "dem zu von qui que quoi où quand pourquoi comment quel quelle combien le la les des du un une est sont été dans "
    "sur avec pour aux quién qué dónde cuándo por cómo cuál cuántos cuántas el los las una fue es con para sobre del "
    "chi che dove perché quando come quale quanti il lo gli della di è sono stato quem onde porquê como quantos o os "
    "da na foi wat waar wanneer waarom hoe welke het een zijn heeft niet voor ha".split()
)
_FOREIGN_SAID = frozenset("sagt sagte sagten gesagt dit déclaré dijo dijeron dicho disse detto zei gezegd".split())
# English words that are words of those languages too.
_SHARED = frozenset("a as do in is of on was will".split())


def seems_english(question: str) -> bool:
    """Return False where a question is clearly in another language: by its script, or by its commonest words.

    >>> seems_english("Who won?"), seems_english("Pourquoi le maire a-t-il démissionné ?")
    (True, False)
    """
    letters = [c for c in question if c.isalpha()]
    latin = sum(unicodedata.name(c, "").startswith("LATIN") for c in letters)
    if letters and latin * 2 < len(letters):
        return False
    words = {word.lower() for word in _WORD.findall(question)}
    foreign, english = words & (_FOREIGN | _FOREIGN_SAID), words & _ENGLISH
    if foreign & _FOREIGN_SAID and not english - _SHARED:
        return False
    # Two, since one may be part of a name: "the mayor of La Paz", "El Niño".
    return len(foreign) < 2 or len(foreign) <= len(english)
