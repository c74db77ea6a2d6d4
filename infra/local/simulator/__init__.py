"""The SMS simulator of the local stages: the provider's API, its signed callbacks, and a page of phones."""
