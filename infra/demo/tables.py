"""The closing tables in the terminal: references, plates and numbers, and nobody's name."""

from rich.table import Table

from infra.demo.figures import Figures

STATES = (
    "declared", "verified", "registered", "dispatched", "received", "in_quarantine", "released", "referred", "onward",
    "exempt", "void",
)  # fmt: skip
VEHICLE_HEADS = ("listed", "aboard", "counted", "missing")


def tables(found: Figures) -> tuple[Table, ...]:
    """All of them, in the order in which they are read."""
    return _flight_table(found), _special_table(found), _vehicle_table(found), _text_table(found)


def _table(title: str, *columns: str, numbers: tuple[str, ...] = ()) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left")
    return table


def _flight_table(found: Figures) -> Table:
    """A column for each flight: there are more states than flights, and terminals of 80 signs."""
    heads = tuple(f"{one.number} {one.origin}{' late' if one.late else ''}" for one in found.flights)
    table = _table("Flights", "", *heads, numbers=heads)
    table.add_row("expected", *(str(one.expected) for one in found.flights))
    table.add_row("declared", *(str(one.declared) for one in found.flights))
    table.add_row("families", *(str(one.families) for one in found.flights), end_section=True)
    for state in STATES:
        table.add_row(state.replace("_", " "), *(str(one.states[state] or "") for one in found.flights))
    return table


def _special_table(found: Figures) -> Table:
    table = _table("People to look at", "who", "reference", "state")
    for what, reference, state in found.specials:
        table.add_row(what, reference, state.replace("_", " "))
    return table


def _vehicle_table(found: Figures) -> Table:
    table = _table("Vehicles", "plate", "district", "state", *VEHICLE_HEADS, numbers=VEHICLE_HEADS)
    for one in sorted(found.vehicles, key=lambda vehicle: str(vehicle["opened_at"])):
        heads = (one["traveller_ids"], one["boarded"], one["present"], one["missing"])
        table.add_row(one["vehicle"]["plate"], one["district"], one["state"], *(str(len(heads)) for heads in heads))
    return table


def _text_table(found: Figures) -> Table:
    table = _table(f"Texts: {found.segments} segments", "about", "state", "texts", numbers=("texts",))
    for (event, state), number in sorted(found.texts.items()):
        table.add_row(event.replace("_", " "), state, str(number))
    return table
