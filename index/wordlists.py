"""Word lists that tell people, roles and institutions apart in English news."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DETERMINERS = _words(
    "the a an his her their its this these those one another some many several most two three four five other our my "
    "both all each no any few"
)

PREPOSITIONS = _words(
    "of for from at with in to by on about into after before during under over between against than as through "
    "without within among via near despite amid unlike throughout across along upon toward towards behind beyond per"
)

BREAKS = _words(
    "that and but or nor if when while because since although though where which whose who whom what how why so yet "
    "is are was were be been being has have had do does did will would could should can may might must said says told"
)

PRONOUNS = _words("he she they it He She They It who")

FIRST_PERSON = _words("I We we You you i")

ROLE_NOUNS = _words(
    "spokesman spokeswoman spokesperson spokespeople official officials senator senators lawmaker lawmakers "
    "congressman congresswoman governor mayor president director manager coach owner founder professor researcher "
    "researchers scientist scientists expert experts analyst analysts strategist strategists member members leader "
    "leaders chief chairman chairwoman chair secretary minister ambassador sheriff police judge lawyer attorney "
    "prosecutor prosecutors author authors critic critics witness witnesses resident residents teacher teachers "
    "publisher doctor doctors nurse ally allies activist activists protester protesters organizer "
    "organizers advocate advocates economist economists executive "
    "executives officer "
    "officers reporter journalist columnist editor writer actor actress singer comedian player star captain commander "
    "general company agency office department government administration group organization organisation team "
    "committee campaign union court council board commission firm family mother father wife husband brother sister "
    "son daughter couple man woman student students worker workers veteran farmer farmers voter voters pair duo "
    "delegation study report letter statement release article post email memo filing complaint lawsuit indictment "
    "survey poll document book paper source sources authorities investigators republicans democrats republican "
    "democrat candidate principal superintendent representative congresspeople colleagues historian biologist "
    "specialist consultant engineer pastor priest bishop pope king queen prince princess ceo co-founder cofounder co- "
    "author vice-president diplomat negotiator envoy aide aides adviser advisers advisor advisors counsel detective "
    "trooper firefighter pilot driver neighbor neighbour friend friends host producer filmmaker musician artist poet "
    "designer curator legislator legislators commissioner deputy paramedic coordinator administrator photographer "
    "climatologist meteorologist epidemiologist forecasters forecaster psychologist physicist nominee premier "
    "chancellor speaker network newspaper channel site website outlet firms companies agencies parents guidance data "
    "research analysis documents records figures investigation review audit"
)

COURTESY = _words("mr mrs ms miss mx dr sir dame lord lady honorable honourable")

TITLES = COURTESY | _words(
    "coordinator marshal uncle aunt grandma grandpa brother sister saint president senator senators sen sens rep reps "
    "representative representatives congressman congresswoman congressmen congressmember congressmembers gov governor "
    "governors mayor secretary secretaries general judge justice prof professor director officer chairman chairwoman "
    "chairperson chair chairs minister ambassador sheriff deputy captain capt lt sgt col gen maj adm admiral colonel "
    "major lieutenant sergeant leader speaker coach ceo cfo coo spokesman spokeswoman spokesperson king queen prince "
    "princess pope bishop archbishop cardinal rev reverend father rabbi imam commissioner superintendent analyst "
    "manager detective delegate treasurer comptroller chancellor premier commander prosecutor administrator vice "
    "strategist editor founder owner principal economist scientist actor actress singer author whip member members "
    "chief attorney lawyer assemblyman assemblywoman councilman councilwoman councilmember republican democrat mep mp "
    "sens. leaders undersecretary envoy trooper researcher specialist reporter columnist host star officers dean "
    "provost supervisor agent agent-in-charge representante senador congresista councilor councillor "
    "alderman selectman trustee auditor correspondent congresswomen secretary-general editor-in-chief vice-chair "
    "vice-chairman vice-president co-chair co-chairs clerk examiner coroner master harbormaster meteorologist advisor "
    "adviser counsel executive recorder constable warden ranger postmaster magistrate registrar assessor sec vp pm "
    "ayatollah sheikh teammate supporter engineer creator ag"
)

WOMEN = _words(
    "mrs ms miss she her congresswoman spokeswoman chairwoman actress mother wife sister daughter queen dame "
    "councilwoman assemblywoman woman businesswoman princess lady"
)

MEN = _words(
    "mr he his congressman spokesman chairman actor father husband brother son king sir councilman assemblyman man "
    "businessman prince lord"
)

WOMENS_NAMES = _words(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley "
    "kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia "
    "kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel "
    "carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina "
    "joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn "
    "janice jean alice abigail julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa "
    "diana natalie brittany charlotte marie kayla alexis lori anne jane claire serena venus beth mazie kamala nikki "
    "elise tammy kirsten marsha joni cindy deb jeanne patty maggie debbie tina rosa gina wendy ellen hillary greta "
    "angelina meghan kate mindy molly holly heidi tiffany vanessa veronica valerie vivian yvonne yvette "
    "wanda tracy tara "
    "suzanne stacy sheila sherry sally roberta renee regina rachael priscilla phyllis peggy paula pam natasha naomi "
    "monica miranda melinda melanie maureen marjorie marian mandy lydia lucy lorraine loretta leslie leah "
    "krista kristin "
    "kristen kim kerry katie kathy katrina juanita josephine joanna joann jill jenny jenna jeanette jasmine "
    "jamie jackie "
    "irene ingrid hilary gwen gretchen glenda gail fiona eva erin erica emilia elena elaine eileen edith dora "
    "dolores dianne daisy cynthia constance connie colleen claudia chloe cheryl charlene celeste cathy "
    "cassandra carrie "
    "caroline carmen carla candace brittney bonnie beverley bethany becky audrey annie annette anita angelica amelia "
    "alicia allison alison adriana"
)

MENS_NAMES = _words(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark "
    "donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary "
    "nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond "
    "patrick jack dennis jerry tyler aaron jose adam henry nathan douglas zachary peter kyle walter ethan jeremy "
    "harold keith christian roger noah gerald terry lawrence sean austin arthur carl juan luis mike joe bob bill tom "
    "jim steve dan chris matt ben tim ted tony russell antony barack vladimir elon harry bernie chuck mitch ron rick "
    "greg ken doug jeff josh cory kim-jong rob glenn pete marco lindsey rand brad simon oliver volodymyr boris "
    "emmanuel mario martin philip alan bruce craig derrick levar angus clarence elbridge sanford fred frederick phil "
    "albert alex alfred allan allen alvin andre angelo antonio arnold arturo barry bernard bobby brad bradley brendan "
    "brent brett calvin carlos casey cesar chad charlie clifford clint colin corey curtis damian damon "
    "darrell darren dave "
    "dean derek dominic don doug drew duane dustin dwayne dwight earl eddie eduardo edwin elliott emilio "
    "enrique ernest "
    "eugene evan felix fernando francis francisco franklin gavin geoffrey gilbert glen gordon graham grant "
    "hector herbert "
    "herman howard hugh ivan jake javier jay jeffery jerome jesse jimmy joel johnny jorge julian karl keith kurt lance "
    "leonard leroy lewis lloyd louis lucas luke manuel marcus mathew maurice max melvin micah miguel milton mitchell "
    "nathaniel neil norman oscar pablo pedro perry rafael ralph ramon randall randy ray reginald rene ricardo roberto "
    "rodney roland roman ross roy ruben salvador sergio seth shane shaun shawn sidney spencer stanley steve stuart "
    "tommy travis trevor troy vernon victor vincent wallace warren wayne wesley willie"
)

ORGANISATION = _words(
    "department university inc office company committee party post news times court association house police county "
    "states state institute agency federation group council commission bank corp corporation center centre "
    "administration city school college board league union foundation service services army navy government ministry "
    "press journal magazine network delegation bureau authority society coalition nations hospital team club co llc "
    "ltd congress senate parliament republic korea river fund organization organisation cnn ap bbc nbc abc cbs "
    "reuters npr twitter facebook instagram morning herald today workshop studios studio entertainment media weather "
    "science sciences store stores restaurant hotel airlines airways airport museum library theater theatre zoo lab "
    "laboratory labs partners democratic republican democrats republicans project program programme initiative "
    "chamber academy alliance caucus conference institution fraternity consortium statistics prisons embassy "
    "consulate act budget amendment proposal treaty "
    "brothers sons systems technologies motors mills health security affairs resources transportation agriculture "
    "revenue corrections wildlife forestry safety recreation ventures"
)
# Countries, their people and their capitals, states and large cities: no persons, and seldom who speaks.
PLACES = _words(
    "afghanistan afghan africa african alabama alaska albania algeria america american americans argentina "
    "arizona arkansas armenia asia asian athens atlanta australia australian austria austin azerbaijan baghdad "
    "bahrain baltimore bangladesh beijing belarus belgium berlin bolivia bosnia boston brazil brazilian britain "
    "british brussels bulgaria cairo california cambodia canada canadian caracas charlotte chicago chile china "
    "chinese cincinnati cleveland colombia colorado columbus connecticut croatia cuba cuban cyprus dallas "
    "damascus delaware delhi denmark denver detroit dubai dublin dutch ecuador egypt egyptian england english "
    "estonia ethiopia eu europe european finland florida france french gaza geneva german germany ghana greece "
    "greek guam guatemala haiti havana hawaii honduras hong houston hungary iceland idaho illinois india indian "
    "indiana indonesia iowa iran iranian iraq iraqi ireland irish israel israeli istanbul italian italy jamaica "
    "japan japanese jerusalem jordan kabul kansas kazakhstan kentucky kenya kharkiv kherson korea korean kosovo "
    "kremlin kuwait kyiv latvia lebanon libya lithuania london louisiana lviv madrid maine malaysia mali malta "
    "manhattan mariupol maryland massachusetts melbourne mexican mexico miami michigan milwaukee minneapolis "
    "minnesota mississippi missouri moldova montana montreal morocco moscow mumbai myanmar nashville nato "
    "nebraska nepal netherlands nevada nigeria norway norwegian ohio oklahoma oregon orlando pakistan palestinian "
    "panama paris pennsylvania peru philadelphia philippines phoenix pittsburgh poland polish portland portugal "
    "pyongyang qatar romania rome russia russian russians sacramento saudi scotland scottish seattle senegal "
    "seoul serbia shanghai singapore slovakia slovenia somalia spain spanish sudan sweden swedish swiss "
    "switzerland sydney syria syrian taiwan tampa tehran tennessee texas thailand tokyo toronto tunisia turkey "
    "turkish uk ukraine ukrainian ukrainians uganda us utah venezuela vermont vietnam virginia wales warsaw "
    "washington wisconsin wuhan wyoming yemen zimbabwe zurich"
)
DATES = (
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|June|July|August|"
    "September|October|November|December"
)
# What words are read in: "the report said" has no speaker.
DOCUMENTS = frozenset(
    "study report letter statement release article post email memo filing complaint lawsuit indictment survey poll "
    "document book paper site website source guidance data research analysis documents records figures investigation "
    "review audit".split()
)
