"""What is measured, and how to measure it again. Nothing here is needed to run On Record."""
