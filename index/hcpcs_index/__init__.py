"""The search: a Whoosh index of the code records, and the searcher that implements the desk's search port."""

from hcpcs_index.build import build_index, memory_index
from hcpcs_index.storage import open_index

__all__ = ["build_index", "memory_index", "open_index"]
