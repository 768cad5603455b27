"""How a listener replies: it asks the desk, renders the card, and sends it where the request allows."""
