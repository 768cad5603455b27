"""The playground's page and the requests it sends."""
