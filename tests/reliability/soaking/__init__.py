"""Questions while others write: made-up articles, the processes that write, and the judge of what was answered."""
