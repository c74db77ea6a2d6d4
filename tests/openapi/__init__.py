"""The published document against the product that is served: asked everything it allows, and what it forbids."""
