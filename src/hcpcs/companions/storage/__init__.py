"""Storage of editions: packed rows, the file of all editions, and what a load changes in it."""
