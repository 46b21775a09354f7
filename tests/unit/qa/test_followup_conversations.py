"""Conversations as people type them: what each follow-up means was written down before it was known what comes out."""

import pytest

from qa.followup import stand_alone


@pytest.mark.parametrize(
    ("base", "question", "meaning"),
    [
        ("Is Norden leaving the union?", "How come?", "Why is Norden leaving the union?"),
        ("Was Tomas Reyes convicted?", "Of what?", "Of what was Tomas Reyes convicted?"),
        ("Was the cathedral in Arden damaged?", "By whom?", "By whom was the cathedral in Arden damaged?"),
        ("Did Bexley Council sell the park?", "For how much?", "For how much did Bexley Council sell the park?"),
        ("Is Alder Bay Airport closed?", "Since when?", "Since when is Alder Bay Airport closed?"),
        ("Where did the train derail?", "in which state?", "In which state did the train derail?"),
        ("Was the mayor of Dunmore indicted?", "on what charges?",
         "On what charges was the mayor of Dunmore indicted?"),
        ("Has the ferry to Skarholm stopped?", "for how long", "For how long has the ferry to Skarholm stopped?"),
        ("Why did the Belmar aquarium close?", "When did that happen?", "When did the Belmar aquarium close?"),
        ("Who signed the letter against the road?", "Who else?", "Who else signed the letter against the road?"),
        ("Did Kim Aldous criticize the budget?", "Anyone else?", "Who else criticized the budget?"),
        ("What did Kim Aldous say about trams?", "Anybody else?", "Who else spoke about trams?"),
        ("Does Galdor have nuclear weapons?", "how many?", "How many nuclear weapons does Galdor have?"),
        ("Did the hospital in Tarn lay off nurses?", "How many?", "How many nurses did the hospital in Tarn lay off?"),
        ("Did the court block the mine?", "Which court?", "Which court blocked the mine?"),
        ("Will the court block a mine?", "Which mine?", "Which mine will the court block?"),
        ("Will the court block a mine?", "Which judge?", "Which judge? (Will the court block a mine?)"),
        ("Did Orlo Banks pay a fine?", "How much?", "How much? (Did Orlo Banks pay a fine?)"),
        ("Who is the head of Norden?", "since when?", "since when? (Who is the head of Norden?)"),
    ],
)  # fmt: skip
def test_a_question_word_without_a_verb_asks_the_earlier_question_anew(base: str, question: str, meaning: str) -> None:
    assert stand_alone(question, [base]) == meaning


@pytest.mark.parametrize(
    ("base", "question", "meaning"),
    [
        ("Who owns Pellworth Steel?", "How many people does it employ?",
         "How many people does Pellworth Steel employ?"),
        ("When did Hurricane Odile end?", "how many died in it", "how many died in Hurricane Odile"),
        ("When was the Larkin Street bridge closed?", "when will it reopen?",
         "when will the Larkin Street bridge reopen?"),
        ("When was the Ellis Theater built?", "who designed it?", "who designed the Ellis Theater?"),
        ("When was the Treaty of Hallow signed?", "Who signed it first?", "Who signed the Treaty of Hallow first?"),
        ("Who are the Hartley brothers?", "What did they steal?", "What did the Hartley brothers steal?"),
        ("When did the Merrow dam burst?", "how old was it?", "how old was the Merrow dam?"),
        ("Who criticized the deal between Norlin and Quest?", "Who praised it?",
         "Who praised the deal between Norlin and Quest?"),
        ("Why did Anne Holt sue Calder Foods?", "Does it sell meat?", "Does Calder Foods sell meat?"),
        # What the thing is stands in the earlier question, which is kept.
        ("How many cars does Vantro recall?", "What is wrong with them?",
         "What is wrong with the cars? (How many cars does Vantro recall?)"),
        ("When did nurses at Saint Brigid strike?", "What do they want?",
         "What do nurses want? (When did nurses at Saint Brigid strike?)"),
        ("Which states sued the drug maker Corvalin?", "What do they accuse it of?",
         "What do the states accuse the drug maker Corvalin of? (Which states sued the drug maker Corvalin?)"),
        ("What did Petra Vance tell the council about the loan?", "Did anyone contradict her?",
         "Did anyone contradict Petra Vance? (What did Petra Vance tell the council about the loan?)"),
        # Either of two, what happened, or a place of which something else is told.
        ("Which vaccine did Belzia order?", "How effective is it?",
         "How effective is it? (Which vaccine did Belzia order?)"),
        ("Was Odell Pruitt paid by the casino?", "Did he deny it?",
         "Did Odell Pruitt deny it? (Was Odell Pruitt paid by the casino?)"),
        ("How many died in Arden?", "Who announced it?", "Who announced it? (How many died in Arden?)"),
    ],
)  # fmt: skip
def test_it_and_they_mean_the_one_thing_that_fits(base: str, question: str, meaning: str) -> None:
    assert stand_alone(question, [base]) == meaning


@pytest.mark.parametrize(
    ("base", "question", "meaning"),
    [
        ("Why was Calder Foods fined?", "How did the company respond?",
         "How did Calder Foods respond? (Why was Calder Foods fined?)"),
        ("Who sponsored the Clearwater Act?", "When does the bill take effect?",
         "When does the Clearwater Act take effect?"),
        ("Did Brightline merge with Oakline?", "Who runs the latter?", "Who runs Oakline?"),
        ("Did Hale and Moreno debate in Tulsa?", "what did the former say on guns?", "what did Hale say on guns?"),
        ("Which states banned the app?", "Which ones allow it?",
         "Which states allow the app? (Which states banned the app?)"),
        # Who or what it is, nobody knows without the earlier question.
        ("How many were on the ferry Stella Nord?", "How many passengers survived?",
         "How many passengers survived? (How many were on the ferry Stella Nord?)"),
        ("Which team won the Coral Cup?", "who scored the winning goal?",
         "who scored the winning goal? (Which team won the Coral Cup?)"),
        ("Who is Officer Ron Teague?", "What is the name of the other officer?",
         "What is the name of the other officer? (Who is Officer Ron Teague?)"),
        ("When did Mount Arl erupt?", "are people allowed back in the area?",
         "are people allowed back in the area? (When did Mount Arl erupt?)"),
    ],
)  # fmt: skip
def test_a_description_means_what_the_earlier_question_names(base: str, question: str, meaning: str) -> None:
    assert stand_alone(question, [base]) == meaning


@pytest.mark.parametrize(
    ("base", "question", "meaning"),
    [
        ("How many died on the roads of Arden in 2020?", "And the year before?",
         "How many died on the roads of Arden in 2019?"),
        ("How many medals did Norden win in 2016?", "and four years later?", "How many medals did Norden win in 2020?"),
        ("How many soldiers were killed near Kesh?", "wounded?", "How many soldiers were wounded near Kesh?"),
        ("How many people died in the Dorne flood?", "and injured?",
         "How many people were injured in the Dorne flood?"),
        ("Who voted for the Clearwater Act?", "And against it?", "Who voted against the Clearwater Act?"),
        ("Who plays the detective in Cold Harbor?", "and the villain?", "Who plays the villain in Cold Harbor?"),
        ("Did the Senate pass the Clearwater Act?", "and the House?", "Did the House pass the Clearwater Act?"),
        ("Who is the youngest member of the council?", "and the oldest?", "Who is the oldest member of the council?"),
        ("When was the old bridge shut?", "and the tunnel?", "When was the tunnel shut?"),
        ("When was the tram strike?", "and the bus strike?", "When was the bus strike?"),
        ("How much do teachers earn in Velia?", "and nurses?", "How much do nurses earn in Velia?"),
        ("Who won best actress at the Halden Awards?", "And best actor?", "Who won best actor at the Halden Awards?"),
        ("What did Sofia Brandt say about coal?", "Anything on taxes?", "What did Sofia Brandt say about taxes?"),
        ("According to the coroner, how did Emil Corvane die?", "And according to his family?",
         "According to Emil Corvane’s family, how did Emil Corvane die?"),
        ("Why did the tower fall?", "And according to the builder?",
         "Why did the tower fall according to the builder?"),
        ("How many goals did Petrov score last season?", "and this season?",
         "How many goals did Petrov score this season?"),
        ("How many goals did Petrov score?", "How many did Lindgren score?", "How many goals did Lindgren score?"),
        ("Where did Walden speak on Friday?", "sorry, Harlow not Walden", "Where did Harlow speak on Friday?"),
    ],
)  # fmt: skip
def test_a_fragment_takes_the_place_of_its_like(base: str, question: str, meaning: str) -> None:
    assert stand_alone(question, [base]) == meaning


@pytest.mark.parametrize(
    ("base", "question", "meaning"),
    [
        ("Who is Dale Ansari?", "ok and how much does he earn?", "how much does Dale Ansari earn?"),
        ("Was Tomas Reyes convicted?", "hm so how long will he be jailed?", "how long will Tomas Reyes be jailed?"),
        ("Who owns Pellworth Steel?", "oh ok. and can you tell me where its office is?",
         "where Pellworth Steel’s office is?"),
        ("What did Sofia Brandt say about coal?", "cool thanks, and what about the premier?",
         "What did the premier say about coal?"),
        ("Who is Nadia Farouk?", "n where is she from?", "where is Nadia Farouk from?"),
        ("who is nadia farouk", "where is she from", "where is nadia farouk from"),
        ("when did amara nwosu sue calder foods", "how old is she", "how old is amara nwosu"),
        ("Who is Dale Ansari?", "ok different topic: who leads Norden?", "who leads Norden?"),
        ("Who is Dale Ansari?", "New question: is the bridge open?", "is the bridge open?"),
        ("Who is Dale Ansari?", "Great Arden?", "Who is Great Arden?"),
    ],
)  # fmt: skip
def test_what_only_opens_a_message_is_dropped(base: str, question: str, meaning: str) -> None:
    assert stand_alone(question, [base]) == meaning


@pytest.mark.parametrize(
    ("history", "question", "meaning"),
    [
        (["Did Mayor John Kral like the plan?", "What did Linda Osei say about the plan?"], "Did he meet her?",
         "Did Mayor John Kral meet Linda Osei?"),
        (["When was Rosa Quintero arrested?", "Who is her lawyer?"], "What did he say about guns?",
         "What did Rosa Quintero’s lawyer say about guns?"),
        (["Did the governor of Ardmore veto the gun bill?"], "When was he elected?",
         "When was the governor of Ardmore elected?"),
        (["How many people died in the Dorne flood?", "Who is Josip Kral?"], "When was the flood?",
         "When was the Dorne flood?"),
        (["Who owns Pellworth Steel?", "Where is its main plant?"], "How many people work there?",
         "How many people work there? (Where is Pellworth Steel’s main plant?)"),
        (["Did the Senate pass the Clearwater Act?", "When?"], "How many senators voted no?",
         "How many senators voted no? (When did the Senate pass the Clearwater Act?)"),
        (["Who is Rafe Colden?", "Who was Nils Borg?"], "Did they know each other?",
         "Did Rafe Colden and Nils Borg know each other?"),
        (["Who leads Norden?", "New topic: who won the Coral Cup?"], "Who came second?",
         "Who came second? (who won the Coral Cup?)"),
    ],
)  # fmt: skip
def test_longer_conversations(history: list[str], question: str, meaning: str) -> None:
    assert stand_alone(question, history) == meaning


@pytest.mark.parametrize(
    "question",
    [
        "Did Theo Marchetti finish his album?",
        "What did the EPA say it would do about lead pipes?",
        "What is inflation in the eurozone?",
        "What did the pope say about refugees?",
        "how many countries have signed the ocean treaty",
        "What did Linda Osei say about her father?",
        "Which team did Hanna Berg join when she left Arden?",
        "how many rhinos are left in the wild",
        # Who or what a pronoun means stands before it.
        "How many men in the study of 877 husbands had changed their name?",
        "how does brandvold justify doing his own stunts",
        "Why did Scott Overland almost return the dish in which he found a pearl?",
        "how does congressman evans explain why voters turned against his party in 2024?",
        "Who must certify that opening the park to more people is safe?",
        "does forest ecologist Will Russell think the giant sequoias can be lost?",
        "What did Anne Holt say about abuse in the movie business?",
    ],
)
@pytest.mark.parametrize("base", ["Who owns Pellworth Steel?", "What did Sofia Brandt say about coal?"])
def test_a_whole_question_stays_as_it_is(base: str, question: str) -> None:
    assert stand_alone(question, [base]) == question


@pytest.mark.parametrize(
    ("base", "question", "meaning"),
    [
        ("Who was Roz Holt?", "Which baseball team did she help bring to Arden?",
         "Which baseball team did Roz Holt help bring to Arden?"),
        ("Who is Dale Ansari?", "What did the union leaders in Arden say about him?",
         "What did the union leaders in Arden say about Dale Ansari?"),
        ("Did the council buy Harlow Hall?", "Who opposed that plan?",
         "Who opposed that plan? (Did the council buy Harlow Hall?)"),
    ],
)  # fmt: skip
def test_a_pronoun_that_asks_for_what_was_named_before_is_none_of_the_questions_own(
    base: str, question: str, meaning: str
) -> None:
    assert stand_alone(question, [base]) == meaning
