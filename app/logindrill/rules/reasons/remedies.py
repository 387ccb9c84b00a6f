"""The list of all remedies, to which reasons refer. Side effects are those that change the next sign-in."""

from logindrill.rules.reasons.reason import Remedy, Who

ASKS_FACTOR_AGAIN = "the next sign-in asks for the second factor again"
FORGETS_DEVICE = "the device is no longer recognised"
ENDS_SESSIONS = "every other session ends"
ENDS_PASSWORD = "the old password stops working"

# What the person does.
RETYPE_IDENTIFIER = Remedy("retype_identifier", Who.PERSON, "type the address or username exactly as registered")
RETYPE_PASSWORD = Remedy(
    "retype_password", Who.PERSON, ("type the password again, and check upper and lower case and spaces")
)
RESET_PASSWORD = Remedy(
    "reset_password",
    Who.PERSON,
    "use 'Forgot password' to set a new password",
    (ENDS_SESSIONS, ASKS_FACTOR_AGAIN),
)
USE_NEWEST_TEMPORARY_PASSWORD = Remedy(
    "use_newest_temporary_password", Who.PERSON, "sign in with the temporary password that was generated last"
)
USE_INVITED_ADDRESS = Remedy("use_invited_address", Who.PERSON, "sign in with exactly the address that was invited")
USE_USERNAME = Remedy("use_username", Who.PERSON, "use the username instead of the address")
USE_MAIN_ADDRESS = Remedy("use_main_address", Who.PERSON, "use the account's main address")
FOLLOW_INVITATION = Remedy("follow_invitation", Who.PERSON, "open the newest invitation link and set a password")
USE_SURVIVOR = Remedy("use_survivor", Who.PERSON, "sign in with the account that this one was merged into")
CHOOSE_OTHER_COMPANY = Remedy("choose_other_company", Who.PERSON, "sign in to a company that still grants access")
ASK_NEW_CODE = Remedy("ask_new_code", Who.PERSON, "request a new code and enter it")
USE_NEWEST_CODE = Remedy(
    "use_newest_code", Who.PERSON, ("enter the code that was issued last, even if another one arrived later")
)
RETYPE_CODE = Remedy("retype_code", Who.PERSON, "type the newest code, or the code in the app, again, digit by digit")
SET_CLOCK = Remedy(
    "set_clock", Who.PERSON, "set the phone's clock to automatic, then enter the code that the app shows"
)
USE_NEXT_CODE = Remedy("use_next_code", Who.PERSON, "wait up to 30 seconds for the next code in the app, and enter it")
WAIT_FOR_CODES = Remedy(
    "wait_for_codes", Who.PERSON, "wait until enough time has passed since the wrong entries, then enter a code"
)
WAIT_FOR_MESSAGE = Remedy("wait_for_message", Who.PERSON, "wait until the message arrives")
WAIT_FOR_UNLOCK = Remedy("wait_for_unlock", Who.PERSON, "wait until enough time has passed since the failed attempts")
SIGN_IN_AGAIN = Remedy("sign_in_again", Who.PERSON, "sign in again")
TRY_AGAIN = Remedy("try_again", Who.PERSON, "try again: the fault is used up")
PASS_FACTOR = Remedy("pass_factor", Who.PERSON, "enter the second factor or code, and choose to trust the device")
PROVE_AGAIN = Remedy("prove_again", Who.PERSON, "sign in again with the second factor, then try again")
ASK_NEW_RESET = Remedy("ask_new_reset", Who.PERSON, "request a new reset link and open it before it expires")
USE_NEWEST_LINK = Remedy("use_newest_link", Who.PERSON, "open the link of the newest message")
COPY_WHOLE_LINK = Remedy("copy_whole_link", Who.PERSON, "open the complete link; it was cut off or changed on the way")
USE_OWN_FACTOR = Remedy(
    "use_own_factor",
    Who.PERSON,
    ("enter the second factor that is set up: the second password, or the code from the authenticator app"),
)
USE_GIVEN_NUMBER = Remedy(
    "use_given_number",
    Who.PERSON,
    "type the number on the account: the one given at activation, unless it was corrected later",
)
LOOK_IN_SPAM = Remedy("look_in_spam", Who.PERSON, "look in the spam folder")
LOOK_IN_REGISTERED_MAILBOX = Remedy(
    "look_in_registered_mailbox", Who.PERSON, "look in the mailbox of the registered address"
)
USE_REGISTERED_ADDRESS = Remedy("use_registered_address", Who.PERSON, "use the address or number that is registered")
USE_OTHER_CHANNEL = Remedy("use_other_channel", Who.PERSON, "request the code by the other channel")
USE_WIFI = Remedy("use_wifi", Who.PERSON, "switch from the mobile hotspot to another network, such as Wi-Fi")
RECONNECT = Remedy("reconnect", Who.PERSON, "connect the device to the internet")
LEAVE_VPN = Remedy("leave_vpn", Who.PERSON, "turn off the VPN")
CLEAR_DATA = Remedy(
    "clear_data",
    Who.PERSON,
    "clear cache and cookies, then reload the page",
    (FORGETS_DEVICE, ASKS_FACTOR_AGAIN),
)
USE_CHROME = Remedy(
    "use_chrome", Who.PERSON, "switch to a supported browser, preferably Chrome", (FORGETS_DEVICE, ASKS_FACTOR_AGAIN)
)
TELL_VERSION = Remedy(
    "tell_version",
    Who.TESTER,
    ("let the app send its version as two to four numbers, for example X-Client: mobile/2.3.1"),
)
UPDATE_APP = Remedy("update_app", Who.PERSON, "install the latest version of the mobile app")
REINSTALL = Remedy(
    "reinstall", Who.PERSON, "uninstall and reinstall the mobile app", (FORGETS_DEVICE, ASKS_FACTOR_AGAIN)
)
KEEP_COOKIES = Remedy("keep_cookies", Who.PERSON, "use a normal window, and let the browser keep its cookies")
SEND_ACCESS_TOKEN = Remedy(
    "send_access_token",
    Who.TESTER,
    "let the app send the access token of its own sign-in to this sandbox: Authorization: Bearer mock_…",
)
USE_ONE_HOST_NAME = Remedy(
    "use_one_host_name",
    Who.TESTER,
    "open the app and the service under the same host name, such as localhost, or let the app send bearer tokens",
)
USE_WEB = Remedy("use_web", Who.PERSON, "open the web version; the mobile app supports conversations only")
CHOOSE_OTHER_PASSWORD = Remedy(
    "choose_other_password", Who.PERSON, "choose another password; the message at the field says which"
)
RETYPE_CONFIRMATION = Remedy("retype_confirmation", Who.PERSON, "type the same password in both fields")
CORRECT_FIELD = Remedy("correct_field", Who.PERSON, "correct the named field")
USE_OTHER_ADDRESS = Remedy("use_other_address", Who.PERSON, "choose an address, number or name that nobody holds")
ASK_PERMITTED = Remedy("ask_permitted", Who.PERSON, "ask somebody whose role has the permission")
TAKE_OTHER_STEP = Remedy(
    "take_other_step",
    Who.PERSON,
    "check the account's status: it does not allow this step, but may allow another",
)
ASK_OTHER_ADMIN = Remedy(
    "ask_other_admin", Who.PERSON, "ask somebody else with this permission; this is not possible for one's own account"
)
CHANGE_IT_ONESELF = Remedy(
    "change_it_oneself",
    Who.PERSON,
    "sign in and change it: everybody can change their own name, password and second factor",
)
APPOINT_OWNER = Remedy("appoint_owner", Who.OWNER_OR_ADMIN, "make somebody else an owner first")

# What those do who look after the person.
RESEND_BY_ADMIN = Remedy("resend_invitation", Who.OWNER_OR_ADMIN, "resend the invitation")
RESEND_BY_STAFF = Remedy("resend_invitation", Who.STAFF, "resend the invitation")
_SETS_PASSWORD = (ENDS_PASSWORD, ENDS_SESSIONS, ASKS_FACTOR_AGAIN)
RESEND_BY_PROFESSIONAL = Remedy("resend_invitation", Who.PROFESSIONAL, "resend the invitation", _SETS_PASSWORD)
INVITE_BY_ADMIN = Remedy("invite", Who.OWNER_OR_ADMIN, "invite the person again")
INVITE_BY_STAFF = Remedy("invite", Who.STAFF, "add a contact card for the person, or invite them again")
INVITE_BY_PROFESSIONAL = Remedy(
    "invite",
    Who.PROFESSIONAL,
    ("invite the customer; this creates an account, or adds the company to the existing one"),
)
REACTIVATE_BY_ADMIN = Remedy("reactivate", Who.OWNER_OR_ADMIN, "reactivate the account", (ASKS_FACTOR_AGAIN,))
REACTIVATE_BY_STAFF = Remedy("reactivate", Who.STAFF, "reactivate the account", (FORGETS_DEVICE, ASKS_FACTOR_AGAIN))
REACTIVATE_BY_SUPPORT = Remedy("reactivate", Who.SUPPORT, "reactivate the account", (ASKS_FACTOR_AGAIN,))
RESTORE_ACCESS = Remedy("restore_access", Who.PROFESSIONAL, "restore the customer's access to the company")
RESTORE_MERGED = Remedy(
    "restore_merged",
    Who.SUPPORT,
    "undo the merge; then invite the person to set a new password",
    (ENDS_PASSWORD, ASKS_FACTOR_AGAIN),
)
RELEASE_EMAIL = Remedy("release_email", Who.SUPPORT, "release the address, so that a new account can use it")
GENERATE_TEMPORARY_PASSWORD = Remedy(
    "generate_temporary_password",
    Who.PROFESSIONAL,
    "resend the invitation with a temporary password, and give it to the person",
    _SETS_PASSWORD,
)
RESEND_BY_EMAIL = Remedy(
    "resend_by_email", Who.PROFESSIONAL, "resend the invitation by e-mail; its link sets a new password", _SETS_PASSWORD
)
HAVE_SUPPORT_DO_IT = Remedy("have_support_do_it", Who.SUPPORT, "do it for the person; support can act in every company")
CORRECT_NUMBER = Remedy("correct_number", Who.OWNER_OR_ADMIN, "correct the WhatsApp number of the account")
CORRECT_NUMBER_BY_STAFF = Remedy("correct_number", Who.STAFF, "correct the WhatsApp number of the account")
CORRECT_NUMBER_BY_PROFESSIONAL = Remedy(
    "correct_number", Who.PROFESSIONAL, "correct the WhatsApp number of the account"
)
CORRECT_CARD = Remedy("correct_card", Who.STAFF, "add the address or number to the contact card")
CORRECT_ADDRESS = Remedy(
    "correct_address", Who.PROFESSIONAL, ("make the address that the person uses the account's main address")
)
RENEW_CONSENT = Remedy(
    "renew_consent", Who.STAFF, ("record on the contact card that the contact agrees to messages again")
)
PUBLISH = Remedy("publish", Who.STAFF, "publish the message to the contact")
UNLOCK_BY_ADMIN = Remedy("unlock", Who.OWNER_OR_ADMIN, "unlock the account")
UNLOCK_BY_STAFF = Remedy("unlock", Who.STAFF, "unlock the account")
UNLOCK_BY_PROFESSIONAL = Remedy("unlock", Who.PROFESSIONAL, "unlock the account")
REMOVE_FACTOR_BY_ADMIN = Remedy(
    "remove_factor",
    Who.OWNER_OR_ADMIN,
    "if the second factor is lost, remove it; the password alone is then enough",
    (ENDS_SESSIONS, FORGETS_DEVICE),
)
REMOVE_FACTOR_BY_STAFF = Remedy(
    "remove_factor",
    Who.STAFF,
    "if the second factor is lost, remove it; the password alone is then enough",
    (ENDS_SESSIONS, FORGETS_DEVICE),
)
REMOVE_FACTOR_BY_PROFESSIONAL = Remedy(
    "remove_factor",
    Who.PROFESSIONAL,
    "if the second factor is lost, remove it; the password alone is then enough",
    (ENDS_SESSIONS, FORGETS_DEVICE),
)
ALLOW_SENDER = Remedy(
    "allow_sender", Who.IT, "allow the sender's address in the firewall, then have the message sent again"
)
EXCLUDE_FROM_SCANNING = Remedy(
    "exclude_from_scanning", Who.IT, "exclude the links in this sender's messages from the mail scanner"
)

# What the tester set and can take back.
KEEP_LINKS_UNUSED = Remedy(
    "keep_links_unused", Who.TESTER, "set links.used_by_get to false, so that opening a link no longer uses it up"
)
END_DELIVERY_RULE = Remedy(
    "end_delivery_rule", Who.TESTER, "end the delivery rule or the condition that holds messages back"
)
SEND_CODES_SOONER = Remedy(
    "send_codes_sooner", Who.TESTER, "set otp.delay to at most 3 minutes, so that codes arrive in time"
)
DELIVER_NOW = Remedy("deliver_now", Who.TESTER, "deliver the message now, or move the clock forward")
END_CONDITION = Remedy("end_condition", Who.TESTER, "end the condition that was set for the client")
END_FAULT = Remedy("end_fault", Who.TESTER, "end the fault")
REMOVE_SANDBOXES = Remedy("remove_sandboxes", Who.TESTER, "delete unused sandboxes, or let them expire sooner")
CALL_FROM_HERE = Remedy(
    "call_from_here",
    Who.TESTER,
    ("serve the client app from this machine, or let it send its token instead of cookies"),
)
CHANGE_POLICY = Remedy(
    "change_policy", Who.TESTER, ("change the sandbox's setting that forbids it, or use another preset")
)
READ_CODES_FORGIVINGLY = Remedy(
    "read_codes_forgivingly", Who.TESTER, "have the sandbox read codes forgivingly: the knob codes.spelling"
)
MOVE_FORWARD = Remedy("move_forward", Who.TESTER, "choose a later time, or restore an earlier snapshot")

RESEND = (RESEND_BY_ADMIN, RESEND_BY_STAFF, RESEND_BY_PROFESSIONAL)
INVITE = (INVITE_BY_ADMIN, INVITE_BY_STAFF, INVITE_BY_PROFESSIONAL)
REACTIVATE = (REACTIVATE_BY_ADMIN, REACTIVATE_BY_STAFF, REACTIVATE_BY_SUPPORT)
UNLOCK = (UNLOCK_BY_ADMIN, UNLOCK_BY_STAFF, UNLOCK_BY_PROFESSIONAL)
REMOVE_FACTOR = (REMOVE_FACTOR_BY_ADMIN, REMOVE_FACTOR_BY_STAFF, REMOVE_FACTOR_BY_PROFESSIONAL)
CORRECT_NUMBERS = (CORRECT_NUMBER, CORRECT_NUMBER_BY_STAFF, CORRECT_NUMBER_BY_PROFESSIONAL)
