"""The words that report speech: verbs, what may stand between a verb and the words said, and word lists for subjects."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# These report speech whatever follows them.
SAY = _words("said says say told tells tell stated states declared declares claims claimed")
# These report speech where "that", a quotation or a clause of somebody's shows it.
THAT = _words(
    "wrote writes write tweeted tweets testified testifies quipped remarked recalled replied responded joked "
    "added adds noted notes continued continues explained explains announced announces concluded concludes "
    "reiterated reiterates revealed reveals reported reports observed observes mentioned mentions "
    "pointed points emphasized emphasizes stressed stresses highlighted confirmed confirms contended contends "
    "cautioned cautions wondered wonders exclaimed shouted thinks think thought feels felt "
    "found finds showed shows shared posted read reads posits asserted asserts maintained maintains "
    "countered counters disclosed admitted admits lamented laments joking agreed agrees agree asked asks "
    "suggested suggests recommended indicated indicates proclaimed acknowledged acknowledges estimated estimates "
    "projected"
)
# These report speech or a stance together with their object or clause.
STANCE = _words(
    "denied denies deny believes believe believed argued argues argue warned warns warn claimed claims claim insisted "
    "insists insist alleged alleges predicted predicts wants urged urges urge accused accuses vowed vows "
    "pledged pledges promised promises called calls described describes praised praises criticized criticizes "
    "condemned condemns blamed blames demanded demands denounced denounces hopes expects"
)
# These count only where the words of the clause are quoted.
WITH_QUOTE = _words(
    "outlined highlighted hailed dismissed blasted slammed touted labeled labelled dubbed likened compared "
    "characterized characterised mocked defended portrayed branded decried applauded lauded cited "
    "praised celebrated referred emphasized spoke wished want want want"
)
PARTICIPLES = _words(
    "saying adding noting arguing warning calling claiming insisting telling explaining writing stating "
    "describing alleging stressing emphasizing tweeting acknowledging"
)
# Verbs that may stand before their subject: "...," said Smith.
INVERTIBLE = _words(
    "said says wrote writes stated added adds noted notes continued explained concluded remarked recalled replied "
    "responded tweeted declared asked explains warned argued announced observed quipped joked emphasized stressed "
    "reiterated exclaimed shared insisted"
)
CUES = SAY | THAT | STANCE | WITH_QUOTE | PARTICIPLES

FILLERS = _words(
    "has have had also then later previously recently repeatedly once further just often never ever would will "
    "did does do not still now again soon always even simply both all today yesterday is be been being himself herself "
    "themselves itself instead too only first earlier since long "
    "as Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
)
PRONOUNS = _words("he she they it He She They It who")
FIRST_PERSON = _words("I We we You you i")
DETERMINERS = _words(
    "the a an his her their its this these those one another some many several most two three four five other "
    "our my both all each no any few"
)
PREPOSITIONS = _words(
    "of for from at with in to by on about into after before during under over between against than as "
    "through without within among via near"
)
BREAKS = _words(
    "that and but or nor if when while because since although though where which whose who whom what how why "
    "so yet is are was were be been being has have had do does did will would could should can may might must "
    "said says told"
)
ROLE_NOUNS = _words(
    "spokesman spokeswoman spokesperson spokespeople official officials senator senators lawmaker lawmakers "
    "congressman congresswoman governor mayor president director manager coach owner founder professor researcher "
    "researchers scientist scientists expert experts analyst analysts strategist strategists member members leader leaders "
    "chief chairman chairwoman chair secretary minister ambassador sheriff police judge lawyer attorney "
    "prosecutor prosecutors author authors critic critics witness witnesses resident residents teacher teachers doctor "
    "doctors nurse activist activists advocate advocates economist economists executive executives officer officers "
    "reporter journalist columnist editor writer actor actress singer comedian player star captain commander general "
    "company agency office department government administration group organization organisation team committee campaign "
    "union court council board commission firm family mother father wife husband brother sister son daughter couple "
    "man woman student students worker workers veteran farmer farmers voter voters pair duo delegation members "
    "study report letter statement release article post email memo filing complaint lawsuit indictment survey poll "
    "document book paper source sources authorities investigators republicans democrats republican democrat candidate "
    "principal superintendent representative congresspeople colleagues historian biologist specialist consultant "
    "engineer pastor priest bishop pope king queen prince princess ceo co-founder cofounder co-author vice-president "
    "diplomat negotiator envoy aide aides adviser advisers advisor advisors counsel detective trooper firefighter pilot "
    "driver neighbor neighbour friend friends host producer filmmaker musician artist poet designer curator "
    "legislator legislators commissioner deputy paramedic coordinator administrator photographer climatologist "
    "meteorologist epidemiologist forecasters forecaster psychologist physicist nominee "
    "premier chancellor speaker network newspaper channel site website outlet firms companies agencies parents"
)
COURTESY = _words("mr mrs ms miss mx dr sir dame lord lady")
TITLES = COURTESY | _words(
    "president senator senators sen sens rep reps representative representatives congressman congresswoman congressmen "
    "congressmember congressmembers gov governor governors mayor secretary secretaries general "
    "judge justice prof professor director officer chairman chairwoman chairperson chair chairs minister ambassador "
    "sheriff deputy captain capt lt sgt col gen maj adm admiral colonel major lieutenant sergeant leader "
    "speaker coach ceo cfo coo spokesman spokeswoman spokesperson king queen prince princess pope bishop "
    "archbishop cardinal rev reverend father rabbi imam commissioner superintendent analyst manager detective delegate "
    "treasurer comptroller chancellor premier commander prosecutor administrator vice strategist "
    "editor founder owner principal economist scientist actor actress singer author whip member members chief "
    "attorney lawyer assemblyman assemblywoman councilman councilwoman councilmember republican democrat mep mp "
    "sens. leaders undersecretary envoy trooper researcher specialist reporter columnist host star officers dean provost"
)
WOMEN = _words(
    "mrs ms miss she her congresswoman spokeswoman chairwoman actress mother wife sister daughter queen dame "
    "councilwoman assemblywoman woman businesswoman princess lady"
)
MEN = _words(
    "mr he his congressman spokesman chairman actor father husband brother son king sir councilman assemblyman "
    "man businessman prince lord"
)
ORGANISATION = _words(
    "department university inc office company committee party post news times court association house police county "
    "states state institute agency federation group council commission bank corp corporation center centre administration "
    "city school college board league union foundation service services church army navy force government ministry "
    "press journal magazine network delegation bureau authority society coalition nations network hospital "
    "team club co llc ltd congress senate parliament republic korea street park river fund organization organisation "
    "cnn ap bbc nbc abc cbs fox reuters npr twitter facebook instagram morning herald today act bill day week workshop studios studio entertainment media weather science sciences magazine "
    "store stores restaurant hotel airlines airways airport museum library theater theatre society zoo lab laboratory labs partners "
    "coalition project program programme initiative bureau union institute brothers sons systems technologies"
)
DATES = (
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|June|July|August|"
    "September|October|November|December"
)

_CHANNEL = (
    r"(?:statement|interview|letter|emails?|e-mail|release|report|tweets?|speech|post|call|filing|conference|briefing|"
    r"message|memo|video|op-ed|column|hearing|remarks|address|book|announcement|appearance|complaint|lawsuit|affidavit|"
    r"meeting|event|rally|testimony|podcast|episode|caption|posting|article|study|paper|note|text|thread|questioning|"
    r"newsletter|trial|deposition|debate|blog|editorial|segment|show|court|press)"
)
_TIME = (
    rf"(?:(?:on\s+)?(?:{DATES})(?:\s+(?:morning|afternoon|evening|night|\d{{1,2}}(?:,\s+\d{{4}})?))?|today|yesterday|"
    r"this\s+(?:week|month|year|morning)|last\s+(?:week|month|year|night)|earlier(?:\s+this\s+\w+)?|recently|"
    r"in\s+(?:\d{4}|(?:" + DATES + r")(?:\s+\d{4})?)|later|at\s+the\s+time|afterward|afterwards)"
)
_OUTLET = r"(?:the\s+)?[A-Z][\w’'.&-]*(?:\s+(?:of\s+|the\s+|and\s+)?[A-Z0-9][\w’'.&-]*){0,5}"
ADJUNCT = re.compile(
    rf"\s+(?:{_TIME}\b|(?:in|on|at|during|through|via|by|from|with|of|following|after|before|upon|regarding)\s+"
    rf"(?:(?:a|an|the|his|her|their|its|his|this|that|one|another)\s+)?(?:[\w’'-]+\s+){{0,4}}?{_CHANNEL}\b"
    rf"(?:\s+(?:to|with|for|about|from|at|in|on)\s+(?:the\s+)?{_OUTLET})?|"
    r"on\s+(?:Twitter|Facebook|Instagram|TikTok|X|social\s+media|Capitol\s+Hill|air|the\s+(?:House|Senate)\s+floor|"
    r"(?:CNN|NBC|ABC|CBS|Fox|MSNBC)[\w’'\s“”\"\ue000]{0,40}?(?=\s+that\b|,))|"
    r"by\s+(?:phone|email|text)|in\s+part|out\s+loud|of\s+(?:him|her|it|them)(?=\s*[,:])|to\s+(?:reporters|the\s+\w+)(?=\s*[,:]|\s+that\b)|"
    r"(?:to|with|from|in|at|on|about|of|during|when)\s+[^,;:.\ue000\"“”]{1,90}(?=\s+that\b(?!\s+(?:is|was|are|were|has|have)\b)|\s*:))"
)
ADDRESSEE = re.compile(
    rf"\s+(?:reporters?|lawmakers|supporters|jurors|investors|viewers|listeners|fans|students|officials|police|"
    rf"investigators|journalists|senators|colleagues|voters|officers|residents|me|us|them|him|her|you|"
    rf"(?:the|a|an|his|her|their|its|this)\s+(?:[a-z][\w’'-]*\s+){{0,3}}?(?:[a-z][\w’'-]*)(?=\s+(?:that|the|he|she|it|they|we|how|why|of|"
    rf"in|on|at|not|to|{DATES})\b|\s*[,:“\"])|{_OUTLET})(?:['’]s?(?=\s))?(?:\s+[A-Z][\w’'.-]*){{0,3}}"
)
THAT_WORD = re.compile(r"\s*,?\s*\bthat\b(?!\s+(?:is|was|would|will|has|had|makes|means)\b)")
ACCORDING = re.compile(r"\b[Aa]ccording to\s+|\b[Ii]n the words of\s+")
