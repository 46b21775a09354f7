"""Sets of questions in the form of SQuAD, and how well a reader answers them."""
