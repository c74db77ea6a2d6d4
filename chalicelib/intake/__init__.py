"""Forms are data, answer types are code: reads forms/, validates answers for page and API alike, shows them back."""
