"""The commands of ``hcpcs``, by what they do: answering, releases, serving."""
