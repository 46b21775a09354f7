"""The recipe that makes the reader: prepare data, train, export, evaluate."""
