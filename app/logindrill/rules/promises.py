"""What each rule means, in one or two sentences; code and tests cite the ids."""

from collections.abc import Mapping

PROMISES: Mapping[str, str] = {
    # business-chat
    "A1": "An owner or admin invites a person by an e-mail address that nobody in the sandbox holds. A taken "
    "address is refused, whatever the state of its holder; only somebody who may invite learns this.",
    "A2": "The activation message carries a link that works once. Opening the link does not use it up.",
    "A3": "Activation keeps the invited address, and the first sign-in uses exactly this address.",
    "A4": "Nobody can sign in, or recover by a password reset, before accepting the invitation.",
    "A5": "A session lists what its client may open: everything on the web, only conversations in the mobile app.",
    "A6": "A misspelled identifier or password is refused with one text that fits every cause.",
    "A7": "Upper and lower case always count in a password; in an identifier they count where the sandbox says so. "
    "Only the tester learns that the case was wrong.",
    "A8": "Nothing that is typed is trimmed. Only the tester learns that there was a space too many or too few.",
    "A9": "Everybody who asks for a password reset gets the same answer, and the request leaves exactly one message "
    "row.",
    "A10": "The reset link goes to the address on record, however the identifier was typed.",
    "A11": "The reset link arrives in a message of its own, with subject, text and a link to follow.",
    "A12": "The newest reset link sets a new password once. It does not sign in and does not skip the second "
    "factor; it ends all sessions and device trust.",
    "A13": "A password has at least eight characters, counted after Unicode normalisation. Spaces count; no kinds of "
    "characters are required.",
    "A14": "Both entries of a new password must be exactly equal; otherwise the answer names the field.",
    "A15": "A message may land in the spam folder: it has arrived, and its row says where it is.",
    "A16": "Mail goes only to the registered mailbox. A request for an unknown address sends nothing, and the "
    "message row says why.",
    "A17": "A firewall may block a message on its way. The message never arrives, and its row says so.",
    "A18": "A second factor is optional for each person; somebody without one is not asked for it.",
    "A19": "The second factor is a second password, a code by WhatsApp, or an authenticator app.",
    "A20": "A sign-in from a device that is not recognised as this person's requires the second factor. A sign-in "
    "from a recognised device still requires the password.",
    "A21": "Device trust lasts exactly thirty days from the second factor; use does not extend it.",
    "A22": "The code goes only to the WhatsApp number on record. A request with another number gets the same answer "
    "and sends no message.",
    "A23": "A code may take up to three minutes to arrive. Its lifetime counts from when it is issued and is longer "
    "than this delay.",
    "A24": "The answer says that an account is deactivated only after the right password, or never, as the sandbox "
    "says.",
    "A25": "Owners and admins deactivate and delete people of their own rank and below, but never themselves and "
    "never the last owner.",
    "A26": "Deactivation ends sessions, devices, pending sign-ins, codes and links in the same transaction.",
    "A27": "Deactivation keeps the data and the address. Deletion removes both, and the id is never used again.",
    "A28": "The remedy for a deactivation names the roles that may reactivate the account.",
    "A29": "A laptop, computer or tablet counts as the web. A browser on a phone counts as the web too, with a "
    "warning.",
    "A30": "Behind a mobile hotspot or without a connection the client gets no answer about the sign-in: it gets "
    "503 or no answer at all.",
    "A31": "A stale cache keeps a client from loading. Clearing the cache lets it load and makes the service forget "
    "the device.",
    "A32": "Where a sandbox supports only some browsers, the other browsers never finish loading.",
    "A33": "The mobile app opens conversations only; everything else is refused.",
    "A34": "A mobile session with notifications turned off carries a warning.",
    "A35": "On a broken installation every session ends at the next call. Reinstalling repairs this and makes the "
    "device a new one.",
    "A36": "Anybody may ask for help, and the answer reveals nothing. The request reaches the company's staff.",
    "A37": "A support request names the address it is about, whether the address is known or not.",
    "A38": "A support request shows the reported error message next to the one that was really shown.",
    "A39": "A support request shows the reported last successful sign-in next to the one on record.",
    "A40": "A support request lists the steps already tried.",
    # contact-portal
    "B1": "A code goes to the address or number on the contact card. Anything else gets the same answer and sends "
    "nothing.",
    "B2": "A contact who opted out gets the same answer and no message, until staff records consent again.",
    "B3": "Every request for a code offers both e-mail and SMS.",
    "B4": "A code may land in the spam folder like any message; the other channel remains available.",
    "B5": "Without a connection there is no answer, and nothing is used up.",
    "B6": "An incognito visit ends at sign-out or after half an hour without a call; its device and session end "
    "with it.",
    "B7": "A browser that deletes its cookies is treated like an incognito window, but with a cause of its own.",
    "B8": "A device that is recognised for this very contact skips the code; any other device needs one.",
    "B9": "A right code signs in even when the requested page is not published to the contact; the page stays closed.",
    "B10": "A sandbox may refuse VPNs at sign-in; a code can still be requested.",
    "B11": "Of all codes issued, on any channel, only the newest works.",
    "B12": "Staff see contact cards and deliveries. Contacts see only their own pages.",
    # customer-app
    "C1": "Every cause of a refused sign-in gets the same text, `Invalid User / password`, in the same answer format.",
    "C2": "A customer who corrects a typing mistake can sign in.",
    "C3": "A reset requested by username goes to the main address, or to the first secondary address if there is none.",
    "C4": "A customer's mail may land in the spam folder, and its row says so.",
    "C5": "A reset requested by a secondary address sends nothing.",
    "C6": "The main address signs in. An address that was moved to secondary no longer does, and the log records "
    "the change.",
    "C7": "A secondary address only receives mail: it signs nobody in, not even with the right password.",
    "C8": "A temporary password is shown once, replaces the current password, and only allows setting a new one. A "
    "newer temporary password ends the older one.",
    "C9": "Somebody who invites a customer again sees the identifier that signs in, and the main address.",
    "C10": "Nobody can create a temporary password for a customer of several companies; joining a second company "
    "ends one that was already issued.",
    "C11": "A merged account answers `Account disabled` to the right password, and everything issued to it has ended.",
    "C12": "Access is revoked for one company at a time; access to the other companies remains.",
    "C13": "Only support makes a merged account independent again, without its old password.",
    "C14": "Support releases the address of an ended account; a new account may then use it.",
    "C15": "An app older than the minimum version is refused, and the answer names the version it needs; an app older "
    "than the latest version gets a warning.",
    "C16": "A support request records whether it was written by staff or by somebody else.",
    # all presets
    "rule-1": "A role is a named set of permissions, and a refusal names the missing permission.",
    "rule-2": "One table says for every state and step whether it is a transition or a refusal with a reason.",
    "rule-3": "A person may belong to several companies. A session is for one company, and ending a membership in "
    "one company leaves the others as they are.",
    "rule-4": "The public answer is what the imitated service would say; the tester reads the true cause.",
    "rule-5": "Codes, links and temporary passwords are kept after they end, so that the product can say how they "
    "ended.",
    "rule-6": "Five wrong entries end a code. Fifteen wrong entries within an hour end every code of the account "
    "for the same purpose.",
    "rule-7": "A remedy names its side effects, such as having to enter the second factor again.",
    "rule-8": "Every rule uses the sandbox's clock.",
    "rule-9": "Keyed hashes show how close a wrong password was. They are kept on loopback only.",
    "rule-10": "What people type is compared in one form everywhere; a knob says how strictly codes are read.",
    # applications (OpenID Connect)
    "O1": "While no application is registered, any client_id works with a redirect_uri on this machine. As soon as one "
    "is, only registered ones do.",
    "O2": "Whether a person must agree to what an application asks for is a setting; prompt=consent always asks.",
    "O3": "A person who is refused learns it on the page. The application learns nothing, unless a setting says so.",
    "O4": "Tokens tell the real time, so that an application with a real clock accepts them. The server judges them by "
    "the time of the sandbox.",
    "O5": "Tokens are signed by RS256 or ES256, and by nothing else; access tokens can also be opaque.",
    "O6": "An ID token says who signed in, when and how, for which application, and repeats its nonce.",
    "O7": "An authorization code works once, for one minute, for the application and the redirect_uri that it was "
    "issued for. A second use ends everything that was issued with it.",
    "O8": "An access token opens the claims of its person and nothing of the public API. It is judged by its record "
    "and the time of the sandbox.",
    "O9": "Without offline_access, refresh tokens end with the session. With it, they live until they were unused for "
    "two weeks, or for thirty days.",
    "O10": "Each use of a refresh token replaces it. Using a replaced one again ends everything that was issued with "
    "it.",
    "O11": "A request whose application or redirect_uri is not accepted is answered by a page and never by a redirect.",
    "O12": "Every other mistake in a request goes back to the application: with the error, the state and the issuer.",
    "O13": "A public application must use PKCE with S256. What was requested with it can only be redeemed with it, "
    "and the reverse.",
    "O14": "An authorization request belongs to the browser that sent it. The person can cancel it, and two tabs do "
    "not mix.",
    "O15": "Who is signed in on the pages is signed in for every application, as far as prompt, max_age and the hint "
    "allow.",
    "O16": "acr and amr tell what the person really passed in this session, whatever was asked for.",
    "O17": "The token endpoint takes forms by POST, and the grants authorization_code, refresh_token and, where "
    "registered, client_credentials.",
    "O18": "An application with a secret proves itself by it, in the header or in the form; one without sends none.",
    "O19": "An application can give a token back, and ask about its own tokens.",
    "O20": "Signing out at an application ends the session of the pages only with its own valid ID token of the same "
    "person, or with the person's yes.",
    "O21": "Whatever ends a session (deactivation, a new password, a merger, a sign-out) ends its tokens at their next "
    "use, with the same reason.",
    "O22": "A rotation gives the sandbox a new signing key, and the old one stays listed.",
}
