"""Codes of the journey as officers read them; ``N_`` marks them for the catalogues, ``Desk.word`` translates."""

from collections.abc import Mapping

from chalicelib.web.labels import N_, STATES, VERBS

SIGNS = {
    "fever": N_("Fever"),
    "symptom": N_("Symptoms"),
    "positive_test": N_("Positive test"),
    "contact_with_case": N_("Contact with a case"),
}
TASKS = {
    "signs": N_("Signs of illness: look at this traveller"),
    "call": N_("Call: cannot be texted"),
    "undeliverable": N_("Call: the text did not arrive"),
    "nobody_on_duty": N_("Nobody of the district is on duty: find somebody to call"),
    "missing_on_arrival": N_("Somebody is missing on arrival"),
    "unacknowledged": N_("The hand-over is not acknowledged"),
    "ceiling": N_("The day’s ceiling for messages is reached: they wait"),
    "texts_held": N_("Texts are held back: see to the provider’s account"),
    "overdue": N_("A vehicle has not arrived: find out where it is"),
    "opted_out": N_("Call: wants no more texts"),
    "checkin_signs": N_("Fever or a symptom in quarantine: look at this traveller"),
    "checkin_needs": N_("Somebody in quarantine needs something"),
    "text_received": N_("A text came in: read it, and call back if that helps"),
}
STEPS = {
    "next_contact": N_("Next contact told"),
    "coordinator": N_("Coordinator told"),
    "overdue": N_("Overdue: on the coordinator’s desk"),
}
SAID = {
    "stop": N_("Wants no more texts"),
    "start": N_("Wants texts again"),
    "help": N_("Asked for help"),
    "code": N_("A number"),
    "yes": N_("Said yes"),
    "other": N_("To be read"),
}
EVENTS = {
    "dispatched": N_("On the way to the district"),
    "plan_changed": N_("The plan changed"),
    "quarantine_started": N_("Quarantine started"),
    "date_changed": N_("The end date changed"),
    "quarantine_ended": N_("Quarantine ended"),
    "unacknowledged": N_("Hand-over not acknowledged"),
    "acknowledged": N_("Answer: acknowledged"),
    "awaited": N_("Answer: they are awaited"),
    "unknown_code": N_("Answer: nothing to acknowledge"),
    "help": N_("Answer: the hotline"),
    "test": N_("Test of a text"),
}
SAY = {
    "dispatched": N_("Say: %(name)s is on the way to %(district)s, and is looked after."),
    "plan_changed": N_("Say: the journey of %(name)s to %(district)s has changed. Ask for patience."),
    "quarantine_started": N_("Say: quarantine of %(name)s has started. It ends on %(date)s."),
    "date_changed": N_("Say: quarantine of %(name)s now ends on %(date)s."),
    "quarantine_ended": N_("Say: quarantine of %(name)s has ended."),
}
"""What a caller tells, where a text would have told it."""

AUDIENCES = {
    "family": N_("Family"),
    "traveller": N_("Traveller"),
    "district": N_("District"),
    "coordinator": N_("Coordinator"),
    "sender": N_("Who wrote to us"),
    "officer": N_("Officer"),
}
HISTORY = {
    **VERBS,
    "declare": N_("Declared"),
    "open": N_("Vehicle opened for boarding"),
    "take_off": N_("Taken off the vehicle"),
    "left_behind": N_("Did not board: back to waiting"),
    "arrive": N_("Heads counted on arrival"),
    "depart": N_("Departed"),
    "board": N_("Boarded"),
    "change_plan": N_("The vehicle’s plan changed"),
    "stop_messages": N_("The vehicle’s messages stopped"),
    "show_number": N_("A phone number was looked at"),
    "acknowledge": N_("Hand-over acknowledged"),
    "verify": N_("Verified"),
    "register": N_("Registered at the diversion point"),
    "correct": N_("Answers corrected"),
    "refer": N_("Referred to hospital"),
    "return": N_("Returned from hospital"),
    "quarantine": N_("Quarantine started"),
    "change": N_("End date changed"),
    "check_in": N_("Checked in for the day"),
    "hold": N_("Put on hold"),
    "unhold": N_("Hold lifted"),
    "release": N_("Released"),
    "void": N_("Declared void"),
    "onward": N_("Sent onward"),
}
FLIGHT_KINDS = {"scheduled": N_("Scheduled"), "charter": N_("Charter"), "business": N_("Business")}
ROUTES = {
    "international": N_("International"),
    "hk_mo_tw": N_("Hong Kong, Macao, Taiwan"),
    "domestic": N_("Domestic"),
}
PLAN_CHANGES = {
    "breakdown": N_("Broken down, or delayed"),
    "district": N_("Goes to another district"),
    "left": N_("Somebody leaves the vehicle"),
}
VEHICLES = {"bus": N_("Bus"), "minibus": N_("Minibus"), "car": N_("Car"), "ambulance": N_("Ambulance")}
PLACEMENTS = {"hotel": N_("Hotel"), "home": N_("Home")}
SOURCES = {"assisted": N_("Assisted entry"), "paper": N_("Entered from paper")}
REACH = {"text": N_("Text message"), "call": N_("Phone call only")}
REGISTRATIONS = {
    "elsewhere": N_("Another province"),
    "none": N_("No household registration in China"),
}
WHY = {
    "refer": (N_("Fever"), N_("Cough or breathing trouble"), N_("Positive test"), N_("Injury or other illness")),
    "onward": (N_("Connecting flight"), N_("Onward by train"), N_("Collected by another province")),
    "exempt": (N_("Flight crew on duty"), N_("Diplomatic status")),
    "void": (N_("Declared twice"), N_("Did not travel"), N_("Entered for a test")),
    "receive": (N_("Found at the reception point"), N_("Came by another vehicle")),
    "hold": (N_("Waits for a test result"), N_("Close contact tested positive")),
    "unhold": (N_("Test result is negative"),),
    "change": (N_("New rule"), N_("Waits for a test result"), N_("Entered wrongly")),
    "release": (N_("Agreed with the district"), N_("Leaves the country")),
}
"""Reasons that a glove can choose; another one can be written."""

FAULTS = {
    "required": N_("Fill this in"),
    "too_long": N_("Write less here"),
    "too_short": N_("Write more here"),
    "forbidden_character": N_("Leave out the control characters"),
    "not_a_choice": N_("Choose one of these"),
    "unknown": N_("Choose one of these"),
    "repeated": N_("This stands here twice"),
    "out_of_range": N_("This number is too small or too large"),
    "not_a_number": N_("Write a whole number"),
    "not_a_date": N_("Choose a date"),
    "not_a_time": N_("Choose a time"),
    "implausible_date": N_("This date is too far from today"),
    "before_start": N_("This is before the quarantine began"),
    "not_a_flight": N_("Write a flight number such as CA406"),
    "no_texts": N_("This number cannot receive texts"),
    "reach_text": N_("This number cannot receive texts: choose “Phone call only”"),
}
OTHER_FAULT = N_("Check this")

CONFLICTS = {
    "over_capacity": N_("The vehicle has only %(capacity)s seats."),
    "already_on_a_dispatch": N_("One of these travellers is on another vehicle already."),
    "several_points": N_("These travellers are at several points of entry."),
    "not_on_roster": N_("This traveller is not on this vehicle’s list."),
    "nobody_boarded": N_("Nobody has boarded yet."),
    "not_boarded": N_("Somebody counted here did not board."),
    "nobody_present": N_("Count at least one person present first."),
    "drill_and_real": N_("People of a drill and real travellers cannot ride together."),
    "not_aboard": N_("This traveller is not aboard."),
    "same_district": N_("The vehicle goes to this district already."),
    "too_many_changes": N_("The plan of this vehicle was changed %(most)s times: call the coordinator."),
    "same_end_date": N_("This is the end date already."),
    "already_held": N_("This traveller is on hold already."),
    "not_held": N_("This traveller is not on hold."),
    "entry_looked_at": N_("An officer has looked at this entry already: correct it instead."),
    "document_known": N_("Another traveller has this document already."),
    "opted_out": N_("This number wants no more texts: call instead."),
    "try_again": N_("Try once more."),
    "too_many_tests": N_("%(most)s tests an hour are the most. Try again in the next hour."),
    "hand_over_open": N_("This vehicle has not been handed over yet: count this traveller on arrival."),
}

_TABLES: Mapping[str, Mapping[str, str]] = {
    "sign": SIGNS, "task": TASKS, "event": EVENTS, "audience": AUDIENCES, "history": HISTORY, "route": ROUTES,
    "flight_kind": FLIGHT_KINDS, "vehicle": VEHICLES, "placement": PLACEMENTS, "reach": REACH, "state": STATES,
    "plan_change": PLAN_CHANGES,
    "step": STEPS, "source": SOURCES, "said": SAID,
}  # fmt: skip


def word(kind: str, code: str) -> str:
    """The marked word of a code, or nothing where no table has it."""
    return _TABLES[kind].get(code, "")
