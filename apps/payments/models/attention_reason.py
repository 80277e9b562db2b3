"""Why a person has to look at money."""

from django.db import models


class AttentionReason(models.TextChoices):
    """Why a payment, or a refund of it, needs attention."""

    AMOUNT_DIFFERS = "amount_differs", "the amount differs"
    OTHER_PAYMENT = "other_payment", "the answer names another payment"
    TRANSACTION_USED = "transaction_used", "the transaction id is another payment's"
    LINK_USED = "link_used", "the link is another payment's"
    UNKNOWN_ANSWER = "unknown_answer", "we don't know what the gateway's answer means"
    NOT_KNOWN_THERE = "not_known_there", "its gateway does not know it"
    GIVEN_BACK = "given_back", "given back at the gateway, not by us"
    # Of refunds alone.
    PART_GIVEN_BACK = "part_given_back", "a part was given back at the gateway, not by us"
    REFUSED = "refused", "the gateway refuses it"
    UNCLEAR = "unclear", "the look-up can't tell whether it was carried out"
    NOT_SENT = "not_sent", "it could not be sent for days"
