class Differs(Exception):
    """A format says other than the JSON of the same answer."""
