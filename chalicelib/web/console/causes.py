"""Why a message did not go or did not arrive, as officers read it: the provider's codes, and words of ours."""

from collections.abc import Mapping

from chalicelib.domain.failures import CODES, OPTED_OUT, Kind
from chalicelib.web.labels import N_

_AWAY = N_("The phone is off or away")
_NONE = N_("This number is not in use")
_NO_TEXTS = N_("This number cannot receive texts")
_SILENT = N_("No answer from the provider")
_BUSY = N_("Too many texts at once")
_OURS = N_("Our account or sender is refused: see to the provider’s account")
_REFUSED = N_("The provider refuses this number or this text")
_BY_CODE: Mapping[str, str] = {
    **dict.fromkeys(sorted(OPTED_OUT), N_("Wants no more texts")),
    "30003": _AWAY, "30036": _AWAY, "30005": _NONE, "21211": _NONE,
    "21614": _NO_TEXTS, "21635": _NO_TEXTS, "30006": _NO_TEXTS,
    "30004": N_("The phone refuses our texts"),
    "30007": N_("Filtered by the network"),
    "30008": N_("The network does not say why"),
    "30001": _BUSY, "21611": _BUSY,
    **dict.fromkeys(("unknown", "lease_expired", "line_gone", "nobody_to_ask"), _SILENT),
    "not_found": N_("The provider never had it"),
    "no_connection": N_("The provider cannot be reached"),
    **dict.fromkeys(("no_line", "21612"), N_("No provider serves this number")),
    **dict.fromkeys(
        ("21602", "21604", "21617", "InvalidParameter", "ParameterValueInvalid", "not_a_request"), _REFUSED
    ),
    "14107": N_("Two machines answer each other"),
    "held": _OURS,
    "not_registered": N_("Only registered texts may go to this country"),
    "too_late": N_("Not sent in time"),
    "ceiling": N_("The day’s ceiling is reached"),
    "stopped": N_("Messages stopped"),
    "drill": N_("A drill, and this number is not on its list"),
}  # fmt: skip
_BY_KIND: Mapping[Kind, str] = {Kind.RETRY: _BUSY, Kind.CONFIGURATION: _OURS}


def cause(code: str) -> str:
    """The marked words for a code, or nothing for one that nobody announced."""
    return _BY_CODE.get(code) or _BY_KIND.get(CODES.get(code, Kind.PERMANENT), "")
