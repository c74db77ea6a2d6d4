"""What the traveller sees: the form behind the QR code, the pass, its certificate, and who may check them."""
