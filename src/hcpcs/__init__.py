"""The core of the desk: records, releases, the catalog, questions and answers. No Slack, search engine or server."""
