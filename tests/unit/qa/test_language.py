"""Questions in other languages are told from English ones with foreign names in them."""

import pytest

from qa.language import seems_english


@pytest.mark.parametrize(
    "question",
    [
        "Who won?",
        "What did Garland say about fentanyl?",
        "who is mexico's president",
        "Why did El Niño flood La Paz?",
        "And Blinken?",
        "López Obrador",
        "What did Los Angeles do about La Niña and El Niño?",
        "die casting jobs",
        "100,000",
        "who said dijo",
    ],
)
def test_english(question: str) -> None:
    assert seems_english(question)


@pytest.mark.parametrize(
    "question",
    [
        "Pourquoi le maire a-t-il démissionné ?",
        "Was hat der Bürgermeister über die Brücke gesagt?",
        "Was sagte der Bürgermeister?",
        "Was sagte Garland?",
        "Qu'a dit Garland ?",
        "O que disse Lula?",
        "Qu'a dit le maire ?",
        "¿Qué dijo la alcaldesa?",
        "¿Quién es el presidente de México?",
        "Chi è il presidente della Repubblica?",
        "Quem é o presidente do México e onde foi eleito?",
        "Wat zei de burgemeester over het plan en waarom?",
        "Кто выиграл выборы?",
        "誰が選挙に勝ちましたか",
    ],
)
def test_other_languages(question: str) -> None:
    assert not seems_english(question)
