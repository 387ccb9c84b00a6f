"""Reasons why a message is missing: it was never sent, or did not reach the mailbox that was watched."""

from logindrill.rules.reasons import remedies as r
from logindrill.rules.reasons.reason import About, Reason

PHONE_MISMATCH = Reason(
    "phone_mismatch",
    "",
    ("A22",),
    "The number that was typed is not the WhatsApp number of the account.",
    (r.USE_GIVEN_NUMBER, *r.CORRECT_NUMBERS),
)
NO_NUMBER_ON_ACCOUNT = Reason(
    "no_number_on_account",
    "",
    ("A22",),
    "The account has no WhatsApp number to send a code to.",
    r.CORRECT_NUMBERS,
)
FACTOR_NEEDS_NO_CODE = Reason(
    "factor_needs_no_code",
    "",
    ("A19",),
    "The second factor of the account is not a WhatsApp code, so none is sent.",
    (r.USE_OWN_FACTOR,),
)
NO_ADDRESS_ON_ACCOUNT = Reason(
    "no_address_on_account",
    "",
    ("C3", "C5"),
    "The account has no e-mail address to send anything to.",
    (r.CORRECT_ADDRESS, r.GENERATE_TEMPORARY_PASSWORD),
)
NOT_REGISTERED = Reason(
    "not_registered",
    "",
    ("A15", "A16", "B1"),
    "The address or number is not registered, or the contact card has none for the chosen channel.",
    (r.USE_REGISTERED_ADDRESS, r.USE_OTHER_CHANNEL, r.CORRECT_CARD),
)
OPTED_OUT = Reason(
    "opted_out",
    "",
    ("B2",),
    "The contact has opted out of communication, so nothing is sent on any channel.",
    (r.RENEW_CONSENT,),
)
MAIL_IN_SPAM = Reason(
    "mail_in_spam",
    "",
    ("A15", "B4", "C4"),
    "The message arrived in the spam folder.",
    (r.LOOK_IN_SPAM, r.USE_OTHER_CHANNEL),
    About.MESSAGE,
)
MAIL_BLOCKED = Reason(
    "mail_blocked",
    "",
    ("A17",),
    "A firewall blocked the message.",
    (r.ALLOW_SENDER, r.USE_OTHER_CHANNEL, r.ASK_NEW_CODE, r.ASK_NEW_RESET, *r.RESEND),
    About.MESSAGE,
)
MAIL_NOT_SENT = Reason(
    "mail_not_sent",
    "",
    ("A15", "A23"),
    "The message was never sent: sending it failed.",
    (r.END_DELIVERY_RULE, r.ASK_NEW_CODE, r.USE_OTHER_CHANNEL, r.ASK_NEW_RESET, *r.RESEND),
    About.MESSAGE,
)
MAIL_DELAYED = Reason(
    "mail_delayed",
    "",
    ("A15", "A23"),
    "The message is on its way and arrives later.",
    (
        *(r.WAIT_FOR_MESSAGE, r.END_DELIVERY_RULE, r.SEND_CODES_SOONER, r.ASK_NEW_CODE, r.ASK_NEW_RESET),
        *(*r.RESEND, r.DELIVER_NOW),
    ),
    About.MESSAGE,
)
OTHER_MAILBOX = Reason(
    "other_mailbox",
    "",
    ("A16",),
    "The message was delivered to the registered address, but the person looks in another mailbox.",
    (r.LOOK_IN_REGISTERED_MAILBOX,),
    About.MESSAGE,
)
