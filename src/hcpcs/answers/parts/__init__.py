"""Parts that several answers share: changes, successors, NOC codes, contacts, comparisons of words."""
