"""Words and their opposites, for questions that a context no longer answers."""

_PAIRS = """
first last; earliest latest; most least|fewest; more less|fewer; highest lowest; largest smallest; biggest smallest;
greatest smallest; longest shortest; oldest youngest|newest; best worst; higher lower; larger smaller; bigger smaller;
older younger|newer; longer shorter; better worse; early late; earlier later; before after; north south; northern
southern; east west; eastern western; above below; inside outside; begin end; began ended; beginning end; start
stop|end; started stopped|ended; open close; opened closed; win lose; won lost; winner loser; buy sell; bought sold;
increase decrease; increased decreased; increases decreases; increasing decreasing; rise fall; rose fell; raised
lowered|cut; gain lose; gained lost; grow shrink; grew shrank; strengthen weaken; strong weak; strongest weakest;
support oppose; supported opposed; supporters opponents; accept reject; accepted rejected; allow forbid; allowed
forbade|banned; allows forbids; approve reject; approved rejected; praised criticized; criticized praised; attack
defend; attacked defended; enter leave; entered left; arrive depart; arrived departed; join leave; joined left; build
destroy; built destroyed; create destroy; created destroyed; founded dissolved; born died|buried; marry divorce;
married divorced; hired fired; appointed dismissed; elected defeated; success failure; successful unsuccessful;
succeed fail; succeeded failed; true false; public private; major minor; majority minority; maximum minimum; male
female; men women; man woman; boys girls; father mother; son daughter; brother sister; husband wife; king queen; rich
poor; good bad; common rare|uncommon; usually rarely; often rarely; always never; positive negative; advantage
disadvantage; advantages disadvantages; legal illegal; import export; imported exported; imports exports; internal
external; domestic foreign; ancient modern; modern ancient; former future; previous next; summer winter; spring
autumn; hot cold; hottest coldest; warm cold; wet dry; large small; big small; long short; fast slow; faster slower;
difficult easy; safe dangerous; love hate; loved hated; liked disliked; friend enemy; friends enemies; allies enemies;
ally enemy; peace war; life death; cause prevent; caused prevented; include exclude; included excluded; includes
excludes; remember forget; lend borrow; teach learn; taught learned; ascended descended; expanded contracted; expand
contract; agreed disagreed; agree disagree; believed doubted; believe doubt; confirmed denied; confirm deny; admitted
denied; affirmed denied; denied admitted; told hid; revealed hid; reveal hide; released withdrew; survived
died|perished; killed saved; freed imprisoned; arrested freed
"""


def _read(pairs: str) -> dict[str, list[str]]:
    opposites: dict[str, list[str]] = {}
    for pair in pairs.split(";"):
        one, others = pair.split()
        for other in others.split("|"):
            opposites.setdefault(one, []).append(other)
            opposites.setdefault(other, []).append(one)
    return {word: sorted(set(found)) for word, found in opposites.items()}


OPPOSITES = _read(_PAIRS)
