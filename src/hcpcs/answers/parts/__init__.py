"""Parts that several answers share: changes, successors, NOC codes, contacts, and word diffs."""
