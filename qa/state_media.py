"""Media of states, which are asked for as such and written by name: "North Korean state media" are KCNA."""

import re

from index.names import expand, fold

_ASKED = re.compile(
    r"^(?P<whose>.+?)(?:['’]s)?\s+(?:state|official)(?:[- ](?:run|owned))?\s+"
    r"(?:media|news agency|agency|tv|television|broadcaster|press|news)$",
    re.IGNORECASE,
)
_OF = {
    "belarus": ("BelTA",),
    "china": ("Xinhua", "Xinhua News Agency", "CCTV", "China Central Television", "CGTN", "Global Times",
              "People's Daily"),
    "cuba": ("Prensa Latina", "Granma"),
    "egypt": ("MENA", "Al-Ahram"),
    "iran": ("IRNA", "Islamic Republic News Agency", "Press TV", "IRIB"),
    "korea": ("KCNA", "Korean Central News Agency", "Rodong Sinmun", "Korean Central Television"),
    "russia": ("TASS", "RIA Novosti", "RIA", "RT", "Rossiya 1", "Rossiya 24"),
    "saudi": ("SPA", "Saudi Press Agency", "Al Ekhbariya"),
    "syria": ("SANA", "Syrian Arab News Agency"),
    "turkey": ("Anadolu", "Anadolu Agency", "TRT"),
    "venezuela": ("Telesur", "VTV"),
    "vietnam": ("VNA", "Vietnam News Agency"),
}  # fmt: skip


def is_state_media(asked: str, speaker: str) -> bool:
    """Return whether a speaker is what a phrase calls a country's state media.

    >>> is_state_media("North Korean state media", "KCNA"), is_state_media("Iran's state TV", "KCNA")
    (True, False)
    """
    match = _ASKED.match(asked)
    if match is None:
        return False
    names = {fold(name) for country in expand(match["whose"]) for name in _OF.get(country, ())}
    return fold(speaker) in names
