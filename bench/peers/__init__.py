"""Other systems on the same weights, passages and questions, each in a process of its own."""
