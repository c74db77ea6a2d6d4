"""A made-up arrival day: people, flights and vehicles out of a number, played into a running stack by its public face.

Nobody here exists. Names are common ones drawn by lot, phones are of patterns that nobody is given, e-mail addresses
end in example.com, and the streets are on no map. The same seed, day and size always give the same people.
"""
