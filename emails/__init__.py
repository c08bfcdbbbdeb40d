"""Messages the portal sends: what they say (`messages`), how they look (`layout`), how they leave (`transport`)."""
