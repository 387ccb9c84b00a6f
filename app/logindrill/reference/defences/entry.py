"""Defences of the flows that lead to a session: invitation, reset, sign-in, second factor, codes."""

from collections.abc import Mapping

from logindrill.reference.defences.defence import Defence

DEFENCES: Mapping[str, Mapping[str, Defence]] = {
    "Invitation and activation": {
        "S1": Defence(
            "The token of a link holds 256 random bits, is stored only as a digest, and can be read only in the inbox.",
            "ASVS 11.5.1, 6.4.1, 16.2.5",
        ),
        "S2": Defence("A link works once, even when several requests use it at the same moment.", "ASVS 2.3.4, 6.4.1"),
        "S3": Defence("An invitation is bound to its address, company, role and sandbox.", "ASVS 8.2.3"),
        "S4": Defence("Whether a link has expired is checked when it is used, by the sandbox's clock.", "ASVS 6.4.1"),
        "S5": Defence("A newer invitation ends the older one, and revoking ends all of them.", "ASVS 6.4.1"),
        "S6": Defence(
            "Nobody grants a role above their own. The permission is checked again when the invitation is accepted.",
            "ASVS 8.2.1, 8.3.2",
        ),
        "S7": Defence(
            "Only somebody who may invite learns that an address is taken, whatever the state of its holder. The "
            "holder's account is not revived.",
            "ASVS 6.3.8",
        ),
        "S8": Defence(
            "Nothing is possible before activation, and a password reset does not replace activation.", "ASVS 2.3.1"
        ),
        "S9": Defence(
            "A password has at least 8 code points and may have many more. Both entries must be equal. No kinds of "
            "characters are required.",
            "ASVS 6.2.1, 6.2.5, 6.2.9; NIST 3.1.1.2",
        ),
        "S10": Defence(
            "Where a sandbox wants it, common passwords and words of the account are refused as passwords.",
            "ASVS 6.2.4, 6.2.11; NIST 3.1.1.2",
        ),
        "S11": Defence(
            "Opening a link does not use it up. Its page sends no referrer, is not cached, and loads nothing from "
            "other sites.",
            "ASVS 3.5.3, 3.4.5, 14.3.2",
        ),
    },
    "Password reset": {
        "S12": Defence(
            "Every request for a reset gets the same status, body and headers after the same time, whoever it is for.",
            "ASVS 6.3.8",
        ),
        "S13": Defence(
            "A reset is requested for one address, and the mail goes to the address on record.", "CVE-2023-7028"
        ),
        "S14": Defence("The base of a link comes from the configuration, never from a request.", "ASVS 4.1.3"),
        "S15": Defence(
            "A reset link works once and for a day at most; only the newest works. It ends when the password, an "
            "address or the state of the account changes.",
            "NIST 4.2.1.2",
        ),
        "S16": Defence(
            "A reset does not sign in, does not skip the second factor, and does not make a device trusted.",
            "ASVS 6.4.3",
        ),
        "S17": Defence(
            "A reset ends sessions and device trust, and sends a notice that does not contain the password.",
            "ASVS 7.4.3, 6.3.7; NIST 4.6",
        ),
        "S18": Defence(
            "A request for a reset changes nothing. While throttling is on, requests are limited by account and by "
            "source.",
            "ASVS 2.4.1",
        ),
    },
    "Sign-in": {
        "S19": Defence(
            "Unknown, wrong and not activated get the same answer. Only after the right password does the answer "
            "say that an account is deactivated or disabled.",
            "ASVS 6.3.8",
        ),
        "S20": Defence(
            "Every sign-in computes exactly one password hash, for unknown people too.", "ASVS 6.3.8, 11.2.4"
        ),
        "S21": Defence(
            "A request for a code, for help or for an invitation reveals no more than a request for a reset.",
            "ASVS 6.3.8",
        ),
        "S22": Defence(
            "While throttling is on, an attempt is counted against the account before it is checked. No other "
            "spelling, name or source, no parallel request and no success of somebody else avoids the limit.",
            "NIST 3.2.2; ASVS 6.3.1",
        ),
        "S23": Defence(
            "A password is compared as a whole: not trimmed, not case-folded, not cut. It is normalised in the same "
            "way when it is set and when it is checked.",
            "ASVS 6.2.8; NIST 3.1.1.2",
        ),
        "S24": Defence(
            "The username and the main address sign in, a secondary address never does. Each identifier is unique "
            "in its canonical form, and no username looks like an address.",
            "CVE-2019-19844",
        ),
        "S25": Defence(
            "Every sign-in and every step of it issues a new token; the token before it stops working.", "ASVS 7.2.4"
        ),
        "S26": Defence("Pages and API follow the same rules, because both call the same services.", "ASVS 6.3.4"),
        "S27": Defence(
            "Fields and request bodies have limits, and a password that is too long is refused before it is hashed.",
            "ASVS 2.4.1",
        ),
    },
    "Second factor": {
        "S28": Defence(
            "Before the second factor only the next step of the sign-in is possible, for ten minutes at most.",
            "ASVS 2.3.1, 6.6.2",
        ),
        "S29": Defence(
            "A code has at least six digits. All codes are equally likely, leading zeros are kept, and only a keyed "
            "hash is stored.",
            "ASVS 6.5.2-6.5.4; NIST 3.1.3.2",
        ),
        "S30": Defence(
            "A code lives for ten minutes at most from when it is issued, however late it arrives.",
            "ASVS 6.5.5; NIST 3.1.3.2",
        ),
        "S31": Defence("A code is bound to its person, its purpose and its sign-in.", "ASVS 6.6.2"),
        "S32": Defence(
            "Wrong entries are counted for the code and for the account; a new code resets neither counter.",
            "NIST 3.1.3.2; ASVS 6.6.3",
        ),
        "S33": Defence(
            "A code of an authenticator app may be one time step early or late. Each step is accepted once, and "
            "none before the last one used.",
            "ASVS 6.5.1, 6.5.5, 6.5.8; RFC 6238, 5.2",
        ),
        "S34": Defence(
            "Changing a second factor requires fresh proof of identity and sends a notice. A secret has 160 bits "
            "and is shown once.",
            "ASVS 7.5.1, 6.3.7; RFC 4226, 4",
        ),
        "S35": Defence(
            "A second password is stored like the first, must differ from it when it is chosen, and is never "
            "reported as another kind of factor.",
            "ASVS 11.4.2, 6.8.4; NIST 2.2.1",
        ),
    },
    "Trusted device": {
        "S36": Defence(
            "Device trust is a record on the server, bound to one person. Its token is created when the second "
            "factor is entered; any other token is ignored.",
            "ASVS 7.2.3, 7.2.4",
        ),
        "S37": Defence(
            "Device trust lasts a fixed number of days from the second factor. Use does not extend it, and the "
            "server decides.",
            "NIST 5.1.1",
        ),
        "S38": Defence("Device trust skips the second factor, never the password.", "NIST 5.1"),
        "S39": Defence(
            "People can list and remove their own devices. Device trust ends with every change of password, second "
            "factor or account state.",
            "ASVS 6.5.6, 7.4.3, 7.5.2",
        ),
    },
    "Confirmation codes": {
        "S40": Defence("Only the newest code works, whichever channel the older ones were sent by.", "ASVS 6.5.1"),
        "S41": Defence(
            "When several requests enter one code at the same moment, exactly one gets in.", "CVE-2026-45720"
        ),
        "S42": Defence(
            "Somebody who may not get a code gets the same answer and no message. Requests are limited.",
            "NIST 3.1.3.2; ASVS 6.6.1",
        ),
        "S43": Defence("Codes and links appear only in the inbox, never in an answer or a log.", "ASVS 14.2.1, 16.2.5"),
    },
    "Temporary password": {
        "S44": Defence(
            "A temporary password is random, shown once, short-lived and used once. It only allows setting a new "
            "password, which must differ; a newer temporary password ends it.",
            "ASVS 6.4.1, 6.4.6",
        ),
        "S45": Defence(
            "A person of several companies has no temporary password, also when the second company joins later.",
            "ASVS 8.2.3",
        ),
    },
}
