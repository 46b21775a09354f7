"""Two articles that readers are tested on, and a question that one of them answers."""

from tests.unit.qa.conftest import make_article

WALL = make_article(
    "MEXICO CITY — The administration has waived laws so that 17 miles of border fencing can be built in Texas.",
    "López Obrador opposes a border wall. “It won’t resolve the problem,” he said on Thursday — naïvely, critics said.",
    id="wall",
    title="Officials meet in Mexico City",
)
WATER = make_article(
    "Mayor Ruth Castellane told residents that there was no reason for alarm.",
    "The solvent was measured at 19 micrograms per liter in well No. 3. The federal limit is 5.",
    id="water",
    title="Tolliver Falls told not to drink its tap water",
)
FILLER = "The council met in the old hall and talked at length about the budget of the coming year."
MILES = "How many miles of fencing can be built?"
