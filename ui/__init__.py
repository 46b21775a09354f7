"""The screen: renders records and catches errors. Nothing here searches, reads or stores."""
