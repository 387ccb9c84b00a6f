"""Every remedy, once; the reasons choose among them. The side effects are those that make the next sign-in differ."""

from logindrill.rules.reasons.reason import Remedy, Who

ASKS_FACTOR_AGAIN = "the next sign-in asks for the second factor again"
FORGETS_DEVICE = "the device is no longer recognised"
ENDS_SESSIONS = "every other session ends"
ENDS_PASSWORD = "the password of before is dead"

# What the person does.
RETYPE_IDENTIFIER = Remedy("retype_identifier", Who.PERSON, "type the address or username exactly as registered")
RETYPE_PASSWORD = Remedy("retype_password", Who.PERSON, "type the password again, minding case and spaces")
RESET_PASSWORD = Remedy(
    "reset_password",
    Who.PERSON,
    "ask for a reset under 'forgot password' and set a new one",
    (ENDS_SESSIONS, ASKS_FACTOR_AGAIN),
)
USE_INVITED_ADDRESS = Remedy("use_invited_address", Who.PERSON, "sign in with the very address that was invited")
USE_USERNAME = Remedy("use_username", Who.PERSON, "use the username instead of the address")
USE_MAIN_ADDRESS = Remedy("use_main_address", Who.PERSON, "use the account's main address")
FOLLOW_INVITATION = Remedy("follow_invitation", Who.PERSON, "open the newest invitation link and set a password")
USE_SURVIVOR = Remedy("use_survivor", Who.PERSON, "sign in with the account that this one was merged into")
CHOOSE_OTHER_COMPANY = Remedy("choose_other_company", Who.PERSON, "sign in to a company that still grants access")
ASK_NEW_CODE = Remedy("ask_new_code", Who.PERSON, "ask for a new code and enter it")
USE_NEWEST_CODE = Remedy("use_newest_code", Who.PERSON, "enter the code that was issued last, whichever arrived last")
RETYPE_CODE = Remedy(
    "retype_code", Who.PERSON, "type the newest code, or the one that the app shows, once more, digit by digit"
)
SET_CLOCK = Remedy(
    "set_clock", Who.PERSON, "have the phone set its clock by itself, then enter the code that the app shows"
)
USE_NEXT_CODE = Remedy(
    "use_next_code", Who.PERSON, "wait for the next code that the app shows, at most 30 seconds, and enter that one"
)
WAIT_FOR_CODES = Remedy(
    "wait_for_codes", Who.PERSON, "wait until enough of the wrong entries have left the window for codes to count again"
)
WAIT_FOR_MESSAGE = Remedy("wait_for_message", Who.PERSON, "wait until the message arrives")
WAIT_FOR_UNLOCK = Remedy("wait_for_unlock", Who.PERSON, "wait until the window of failed attempts has passed")
SIGN_IN_AGAIN = Remedy("sign_in_again", Who.PERSON, "sign in again")
TRY_AGAIN = Remedy("try_again", Who.PERSON, "try again: the fault has struck as often as it was to")
PASS_FACTOR = Remedy(
    "pass_factor", Who.PERSON, "enter what is asked for, the second factor or a code, and have the device trusted"
)
PROVE_AGAIN = Remedy(
    "prove_again", Who.PERSON, "sign in anew and have the second factor asked for, pass it, then try again"
)
ASK_NEW_RESET = Remedy("ask_new_reset", Who.PERSON, "ask for a new reset link and open it in time")
USE_NEWEST_LINK = Remedy("use_newest_link", Who.PERSON, "open the link of the newest message")
COPY_WHOLE_LINK = Remedy("copy_whole_link", Who.PERSON, "open the link as a whole, it was cut or altered on the way")
USE_OWN_FACTOR = Remedy(
    "use_own_factor", Who.PERSON, "enter the second password, or the code of the authenticator app, that is set up"
)
USE_GIVEN_NUMBER = Remedy(
    "use_given_number",
    Who.PERSON,
    "type the number that the account has, given at the activation unless it was corrected since",
)
LOOK_IN_SPAM = Remedy("look_in_spam", Who.PERSON, "look in the spam folder")
LOOK_IN_REGISTERED_MAILBOX = Remedy(
    "look_in_registered_mailbox", Who.PERSON, "look in the mailbox of the registered address"
)
USE_REGISTERED_ADDRESS = Remedy("use_registered_address", Who.PERSON, "use the address or number that is registered")
USE_OTHER_CHANNEL = Remedy("use_other_channel", Who.PERSON, "ask for the code on the other channel")
USE_WIFI = Remedy("use_wifi", Who.PERSON, "leave the mobile hotspot for an ordinary network")
RECONNECT = Remedy("reconnect", Who.PERSON, "get the device on-line")
LEAVE_VPN = Remedy("leave_vpn", Who.PERSON, "switch the VPN off")
CLEAR_DATA = Remedy(
    "clear_data",
    Who.PERSON,
    "clear cache and cookies, then load the page anew",
    (FORGETS_DEVICE, ASKS_FACTOR_AGAIN),
)
USE_CHROME = Remedy(
    "use_chrome", Who.PERSON, "switch to a supported browser, best Chrome", (FORGETS_DEVICE, ASKS_FACTOR_AGAIN)
)
TELL_VERSION = Remedy(
    "tell_version", Who.TESTER, "have the app tell its version in two to four numbers, as in X-Client: mobile/2.3.1"
)
UPDATE_APP = Remedy("update_app", Who.PERSON, "install the latest version of the mobile app")
REINSTALL = Remedy(
    "reinstall", Who.PERSON, "uninstall and reinstall the mobile app", (FORGETS_DEVICE, ASKS_FACTOR_AGAIN)
)
KEEP_COOKIES = Remedy("keep_cookies", Who.PERSON, "use an ordinary window and let the browser keep its cookies")
SEND_ACCESS_TOKEN = Remedy(
    "send_access_token",
    Who.TESTER,
    "have the app send the access token of its own sign-in to this sandbox: Authorization: Bearer mock_…",
)
USE_ONE_HOST_NAME = Remedy(
    "use_one_host_name",
    Who.TESTER,
    "open the app and the service under one host name, such as localhost for both, or have the app send bearer tokens",
)
USE_WEB = Remedy("use_web", Who.PERSON, "open the web version, the mobile app handles conversations only")
CHOOSE_OTHER_PASSWORD = Remedy(
    "choose_other_password", Who.PERSON, "choose another password, as the message at the field asks for"
)
RETYPE_CONFIRMATION = Remedy("retype_confirmation", Who.PERSON, "type the same password in both fields")
CORRECT_FIELD = Remedy("correct_field", Who.PERSON, "correct the field that is named")
USE_OTHER_ADDRESS = Remedy("use_other_address", Who.PERSON, "choose an address, number or name that nobody holds")
ASK_PERMITTED = Remedy("ask_permitted", Who.PERSON, "ask somebody whose role has the permission that is named")
TAKE_OTHER_STEP = Remedy(
    "take_other_step",
    Who.PERSON,
    "look up the status of the account: another step leads on from there, this one does not",
)
ASK_OTHER_ADMIN = Remedy("ask_other_admin", Who.PERSON, "ask another owner or admin, nobody does this to oneself")
APPOINT_OWNER = Remedy("appoint_owner", Who.OWNER_OR_ADMIN, "make somebody else an owner first")

# What those do who look after the person.
RESEND_BY_ADMIN = Remedy("resend_invitation", Who.OWNER_OR_ADMIN, "resend the invitation")
RESEND_BY_STAFF = Remedy("resend_invitation", Who.STAFF, "resend the invitation")
RESEND_BY_PROFESSIONAL = Remedy("resend_invitation", Who.PROFESSIONAL, "resend the invitation")
INVITE_BY_ADMIN = Remedy("invite", Who.OWNER_OR_ADMIN, "invite the person anew")
INVITE_BY_STAFF = Remedy("invite", Who.STAFF, "put the person on a contact card or invite anew")
INVITE_BY_PROFESSIONAL = Remedy(
    "invite", Who.PROFESSIONAL, "invite the customer, which creates an account or adds the company to the one there is"
)
REACTIVATE_BY_ADMIN = Remedy("reactivate", Who.OWNER_OR_ADMIN, "reactivate the account", (ASKS_FACTOR_AGAIN,))
REACTIVATE_BY_STAFF = Remedy("reactivate", Who.STAFF, "reactivate the account", (FORGETS_DEVICE, ASKS_FACTOR_AGAIN))
REACTIVATE_BY_SUPPORT = Remedy("reactivate", Who.SUPPORT, "reactivate the account", (ASKS_FACTOR_AGAIN,))
RESTORE_ACCESS = Remedy("restore_access", Who.PROFESSIONAL, "grant the customer access to the company again")
RESTORE_MERGED = Remedy(
    "restore_merged",
    Who.SUPPORT,
    "reactivate the merged account; a new password then comes by invitation",
    (ENDS_PASSWORD, ASKS_FACTOR_AGAIN),
)
RELEASE_EMAIL = Remedy(
    "release_email", Who.SUPPORT, "release the address, so that a new account can be created under it"
)
GENERATE_TEMPORARY_PASSWORD = Remedy(
    "generate_temporary_password",
    Who.PROFESSIONAL,
    "resend the invitation with a temporary password and hand it over",
    (ENDS_PASSWORD,),
)
RESEND_BY_EMAIL = Remedy(
    "resend_by_email", Who.PROFESSIONAL, "resend the invitation by e-mail, whose link sets a new password"
)
CORRECT_NUMBER = Remedy("correct_number", Who.OWNER_OR_ADMIN, "correct the WhatsApp number of the account")
CORRECT_NUMBER_BY_STAFF = Remedy("correct_number", Who.STAFF, "correct the WhatsApp number of the account")
CORRECT_NUMBER_BY_PROFESSIONAL = Remedy(
    "correct_number", Who.PROFESSIONAL, "correct the WhatsApp number of the account"
)
CORRECT_CARD = Remedy("correct_card", Who.STAFF, "register the address or number on the contact card")
CORRECT_ADDRESS = Remedy("correct_address", Who.PROFESSIONAL, "make the address in use the account's main address")
RENEW_CONSENT = Remedy("renew_consent", Who.STAFF, "record the contact's renewed consent on the card")
PUBLISH = Remedy("publish", Who.STAFF, "publish the message to the contact")
UNLOCK_BY_ADMIN = Remedy("unlock", Who.OWNER_OR_ADMIN, "lift the lock")
UNLOCK_BY_STAFF = Remedy("unlock", Who.STAFF, "lift the lock")
UNLOCK_BY_PROFESSIONAL = Remedy("unlock", Who.PROFESSIONAL, "lift the lock")
REMOVE_FACTOR_BY_ADMIN = Remedy(
    "remove_factor",
    Who.OWNER_OR_ADMIN,
    "remove the second factor, where it is lost; the password is enough then",
    (ENDS_SESSIONS, FORGETS_DEVICE),
)
REMOVE_FACTOR_BY_STAFF = Remedy(
    "remove_factor",
    Who.STAFF,
    "remove the second factor, where it is lost; the password is enough then",
    (ENDS_SESSIONS, FORGETS_DEVICE),
)
REMOVE_FACTOR_BY_PROFESSIONAL = Remedy(
    "remove_factor",
    Who.PROFESSIONAL,
    "remove the second factor, where it is lost; the password is enough then",
    (ENDS_SESSIONS, FORGETS_DEVICE),
)
ALLOW_SENDER = Remedy(
    "allow_sender", Who.IT, "allow the sender's address through the firewall, then have it sent again"
)

# What the tester set and can take back.
END_DELIVERY_RULE = Remedy(
    "end_delivery_rule", Who.TESTER, "end the delivery rule or the condition that keeps messages back"
)
DELIVER_NOW = Remedy("deliver_now", Who.TESTER, "deliver the message now, or move the clock on")
END_CONDITION = Remedy("end_condition", Who.TESTER, "end the condition that was set for the client")
END_FAULT = Remedy("end_fault", Who.TESTER, "end the fault")
REMOVE_SANDBOXES = Remedy(
    "remove_sandboxes", Who.TESTER, "delete sandboxes that are no longer used, or give them shorter lives"
)
CALL_FROM_HERE = Remedy(
    "call_from_here", Who.TESTER, "serve the client app from this machine, or have it send its token instead of cookies"
)
CHANGE_POLICY = Remedy("change_policy", Who.TESTER, "change the sandbox: the knob that forbids it, or another preset")
READ_CODES_FORGIVINGLY = Remedy(
    "read_codes_forgivingly", Who.TESTER, "have the sandbox read codes forgivingly: the knob codes.spelling"
)
MOVE_FORWARD = Remedy("move_forward", Who.TESTER, "name a later time, or restore a snapshot of the earlier one")

RESEND = (RESEND_BY_ADMIN, RESEND_BY_STAFF, RESEND_BY_PROFESSIONAL)
INVITE = (INVITE_BY_ADMIN, INVITE_BY_STAFF, INVITE_BY_PROFESSIONAL)
REACTIVATE = (REACTIVATE_BY_ADMIN, REACTIVATE_BY_STAFF, REACTIVATE_BY_SUPPORT)
UNLOCK = (UNLOCK_BY_ADMIN, UNLOCK_BY_STAFF, UNLOCK_BY_PROFESSIONAL)
REMOVE_FACTOR = (REMOVE_FACTOR_BY_ADMIN, REMOVE_FACTOR_BY_STAFF, REMOVE_FACTOR_BY_PROFESSIONAL)
CORRECT_NUMBERS = (CORRECT_NUMBER, CORRECT_NUMBER_BY_STAFF, CORRECT_NUMBER_BY_PROFESSIONAL)
