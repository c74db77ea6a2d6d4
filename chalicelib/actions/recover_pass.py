"""A lost pass comes back to who knows the reference, the document and the date of birth."""

import hmac

from chalicelib.actions.ports import Ports
from chalicelib.domain.case import Case
from chalicelib.domain.errors import NotFound
from chalicelib.domain.identifiers import case_id_of


def recover_pass(ports: Ports, reference: str, document_number: str, date_of_birth: str) -> Case:
    """The case; raises NotFound, the same for whichever of the three is wrong, and for who has no document."""
    case = ports.store.find(Case, case_id_of(reference) or "-")
    answers = case.answers if case else {}
    known = f"{answers.get('document_number', '')}#{answers.get('date_of_birth', '')}"
    right = hmac.compare_digest(known.encode(), f"{document_number}#{date_of_birth}".encode())
    if not right or not document_number or case is None:
        raise NotFound("pass")
    return case
