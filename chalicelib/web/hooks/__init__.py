"""What the SMS provider calls: signed, public, and never anybody's session."""
