"""Whether a service can be delivered as it is needed."""

import numpy as np

from matching.catalogue import Catalogue
from matching.codes import CONSULT, DIRECT, NO, NOT_OFFERED, SERVICES, UNKNOWN, YES, Bytes
from matching.profiles import ServiceNeed
from matching.vocabulary import Delivery


def deliverable(catalogue: Catalogue, need: ServiceNeed) -> Bytes:
    """Whether each option can deliver a service, three-valued: the kind of delivery and the minutes."""
    key = ("deliverable", need.service, need.delivery, need.minutes_per_week)
    answers: Bytes = catalogue.remember(key, lambda: _deliverable(catalogue, need))
    return answers


def _deliverable(catalogue: Catalogue, need: ServiceNeed) -> Bytes:
    row = SERVICES.index(need.service)
    offer, most = catalogue.services[row], catalogue.service_minutes[row]
    answers = np.full(len(offer), UNKNOWN, np.int8)
    answers[offer == NOT_OFFERED] = NO
    answers[offer == DIRECT] = YES
    if need.delivery is Delivery.CONSULT:
        answers[offer == CONSULT] = YES
    elif need.delivery is Delivery.DIRECT:
        answers[offer == CONSULT] = NO
    limited = most >= 0
    if need.minutes_per_week is None:
        answers[limited & (answers == YES)] = UNKNOWN
    else:
        answers[limited & (most < need.minutes_per_week)] = NO
    answers.setflags(write=False)
    return answers
