"""The defences of every flow, each with the standards that require it; code and tests cite their ids.

S63 to S68 are reserved for OpenID Connect and SCIM, which do not exist yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Defence:
    """What holds, and who requires it: ASVS 5.0.0, NIST SP 800-63B-4, an RFC."""

    promise: str
    source: str


DEFENCES: Mapping[str, Mapping[str, Defence]] = {
    "Invitation and activation": {
        "S1": Defence(
            "The token of a link holds 256 random bits, is stored as a digest, and is readable in the inbox alone.",
            "ASVS 11.5.1, 6.4.1, 16.2.5",
        ),
        "S2": Defence("A link works once, however many use it at the same moment.", "ASVS 2.3.4, 6.4.1"),
        "S3": Defence("An invitation is bound to its address, company, role and sandbox.", "ASVS 8.2.3"),
        "S4": Defence("Whether a link is over is judged when it is used, by the sandbox's clock.", "ASVS 6.4.1"),
        "S5": Defence("A newer invitation kills the older, and revoking kills all.", "ASVS 6.4.1"),
        "S6": Defence(
            "Nobody grants a role above their own; whether they may is judged again at acceptance.", "ASVS 8.2.1, 8.3.2"
        ),
        "S7": Defence(
            "A taken address is told to a permitted inviter alone, whatever its state, and is not revived.",
            "ASVS 6.3.8",
        ),
        "S8": Defence("Nothing comes before activation, and no reset stands in for it.", "ASVS 2.3.1"),
        "S9": Defence(
            "A password has 8 code points at least and may have many more; both entries are equal; no kinds of "
            "characters are asked for.",
            "ASVS 6.2.1, 6.2.5, 6.2.9; NIST 3.1.1.2",
        ),
        "S10": Defence(
            "Where a sandbox wants it, common passwords are refused, with words of the account among them.",
            "ASVS 6.2.4, 6.2.11; NIST 3.1.1.2",
        ),
        "S11": Defence(
            "Opening a link uses nothing up; its page sends no referrer, is not kept, and loads nothing foreign.",
            "ASVS 3.5.3, 3.4.5, 14.3.2",
        ),
    },
    "Reset": {
        "S12": Defence(
            "Whoever is meant, asking for a reset gets the same status, body and headers after the same time.",
            "ASVS 6.3.8",
        ),
        "S13": Defence("One address is asked for, and the mail goes to the one on record.", "CVE-2023-7028"),
        "S14": Defence("The base of a link comes from configuration, never from a call.", "ASVS 4.1.3"),
        "S15": Defence(
            "A reset link works once, for a day at most, the newest alone, and dies when password, address or state "
            "of the account change.",
            "NIST 4.2.1.2",
        ),
        "S16": Defence("A reset neither signs in nor spares the second factor nor makes trust.", "ASVS 6.4.3"),
        "S17": Defence(
            "A reset ends sessions and device trust, and sends a notice without the password.",
            "ASVS 7.4.3, 6.3.7; NIST 4.6",
        ),
        "S18": Defence(
            "Asking for a reset changes nothing; while throttling is on it is limited by account and source.",
            "ASVS 2.4.1",
        ),
    },
    "Sign-in": {
        "S19": Defence(
            "Unknown, wrong and not activated are told alike; that an account is ended, after the right password only.",
            "ASVS 6.3.8",
        ),
        "S20": Defence("One hash is computed whoever is meant, for nobody too.", "ASVS 6.3.8, 11.2.4"),
        "S21": Defence("Asking for a code, for help or for an invitation tells no more than a reset.", "ASVS 6.3.8"),
        "S22": Defence(
            "While throttling is on, tries are counted against the account before they are judged: no other spelling, "
            "name, source, parallel call or success of another evades it.",
            "NIST 3.2.2; ASVS 6.3.1",
        ),
        "S23": Defence(
            "A password is compared whole: not trimmed, folded or cut; composed alike when set and when checked.",
            "ASVS 6.2.8; NIST 3.1.1.2",
        ),
        "S24": Defence(
            "Username and main address sign in, a secondary one never; each is held once by its canonical form, and "
            "no username looks like an address.",
            "CVE-2019-19844",
        ),
        "S25": Defence("Every sign-in and every step of one gives a new token; the one before is dead.", "ASVS 7.2.4"),
        "S26": Defence("Pages and API go by the same rules, since both ask the same services.", "ASVS 6.3.4"),
        "S27": Defence("Fields and bodies have their bounds, and too long a password costs nothing.", "ASVS 2.4.1"),
    },
    "Second factor": {
        "S28": Defence(
            "Before the factor there is nothing but the next step, for ten minutes at most.",
            "ASVS 2.3.1, 6.6.2",
        ),
        "S29": Defence(
            "A code has six figures at least, each as likely as any other, leading zeros kept, stored as a keyed hash.",
            "ASVS 6.5.2-6.5.4; NIST 3.1.3.2",
        ),
        "S30": Defence(
            "A code lives ten minutes at most from its issue, however late it arrives.", "ASVS 6.5.5; NIST 3.1.3.2"
        ),
        "S31": Defence("A code is bound to its person, its purpose and its sign-in.", "ASVS 6.6.2"),
        "S32": Defence(
            "Wrong entries are counted for the code and for the account, and a new code sets neither back.",
            "NIST 3.1.3.2; ASVS 6.6.3",
        ),
        "S33": Defence(
            "A code of an authenticator fits one step more or less; each step counts once, none before the last used.",
            "ASVS 6.5.1, 6.5.5, 6.5.8; RFC 6238, 5.2",
        ),
        "S34": Defence(
            "Changing a factor needs fresh proof and sends a notice; a secret has 160 bits and is shown once.",
            "ASVS 7.5.1, 6.3.7; RFC 4226, 4",
        ),
        "S35": Defence(
            "A second password is kept like a first, differs from it when it is chosen, and is never told as another "
            "kind of factor.",
            "ASVS 11.4.2, 6.8.4; NIST 2.2.1",
        ),
    },
    "Trusted device": {
        "S36": Defence(
            "Trust is a record of the server, bound to one person, under a token minted at the factor; any other "
            "token counts for nothing.",
            "ASVS 7.2.3, 7.2.4",
        ),
        "S37": Defence("Trust lasts its days from the factor, never slides, and the server decides.", "NIST 5.1.1"),
        "S38": Defence("Trust spares the second factor, never the password.", "NIST 5.1"),
        "S39": Defence(
            "Devices are listed and forgotten by their owner; trust dies with every change of password, factor or "
            "state.",
            "ASVS 6.5.6, 7.4.3, 7.5.2",
        ),
    },
    "Confirmation codes": {
        "S40": Defence("The newest code works, whichever channel the older went by.", "ASVS 6.5.1"),
        "S41": Defence("Of many who enter one code at the same moment one is let in.", "CVE-2026-45720"),
        "S42": Defence(
            "Whoever may not get a code gets the same answer and no message; asking is limited.",
            "NIST 3.1.3.2; ASVS 6.6.1",
        ),
        "S43": Defence(
            "Codes and links stand in the inbox and nowhere else: no answer, no log.", "ASVS 14.2.1, 16.2.5"
        ),
    },
    "Temporary password": {
        "S44": Defence(
            "It is random, shown once, short-lived, used once, and opens only the setting of a new password that "
            "differs; a newer one kills it.",
            "ASVS 6.4.1, 6.4.6",
        ),
        "S45": Defence(
            "Whoever belongs to several companies has none, also when the second comes later.", "ASVS 8.2.3"
        ),
    },
    "Ending, merging, releasing": {
        "S46": Defence(
            "Deactivation ends all that was handed out, at the next call, on every worker; data stay.",
            "ASVS 7.4.2, 8.3.2",
        ),
        "S47": Defence(
            "Nobody acts above their rank, and an active owner always remains, on every path and at any moment.",
            "ASVS 8.2.1, 2.3.4",
        ),
        "S48": Defence("An account comes back by one explicit act, and nothing handed out before does.", "ASVS 7.4.2"),
        "S49": Defence(
            "Deletion removes all that is personal; the id never returns, the address gets another one.",
            "ASVS 10.5.2; NIST 4.5",
        ),
        "S50": Defence(
            "A merger is done whole, within reach of who does it, raises no role, and ends what the merged account "
            "had.",
            "ASVS 2.3.3, 8.2.3",
        ),
        "S51": Defence(
            "An address is released once, links to it die, and nobody comes back under a taken one.", "ASVS 2.3.3"
        ),
    },
    "Session": {
        "S52": Defence(
            "A session is an opaque token of 256 bits, valid in its one spelling, and dead at sign-out.",
            "ASVS 7.2.3, 7.4.1",
        ),
        "S53": Defence(
            "It ends when it was idle or has lasted too long, by the sandbox's clock.",
            "ASVS 7.1.1, 7.3.1, 7.3.2; NIST 2.1.3",
        ),
        "S54": Defence("One sees and ends one's own sessions, and staff those of their people.", "ASVS 7.5.2, 7.4.5"),
    },
    "What staff may do": {
        "S55": Defence(
            "What is of another sandbox or company is as unknown as what is not there.", "ASVS 8.2.2, 8.4.1"
        ),
        "S56": Defence("A body sets what it declares and nothing else.", "ASVS 8.2.3"),
        "S57": Defence("A new role counts at once; cursors and filters are checked.", "ASVS 8.3.2"),
        "S58": Defence(
            "The log holds every act with both times, no secret, and no line that anybody broke.",
            "ASVS 16.2.1, 16.3.1, 16.4.1",
        ),
    },
    "The tester's side": {
        "S59": Defence(
            "No session opens the control plane; beyond loopback a key does, compared in constant time.",
            "ASVS 13.2.3, 8.4.2",
        ),
        "S60": Defence(
            "Host names, origins and media types are checked; no other origin reads anything.", "ASVS 3.5.2, 3.5.8"
        ),
        "S61": Defence("What mails hold is shown inert, and writes no header.", "ASVS 3.2.1, 3.2.2"),
        "S62": Defence(
            "There is no default secret and no debugger; sandboxes, messages and bodies have their quotas.",
            "ASVS 6.3.2, 13.4.2, 13.2.4, 2.4.1",
        ),
    },
    "Browsers": {
        "S69": Defence(
            "Cookies are for no script, for the same site, and under TLS for TLS alone; every form proves that it is "
            "ours; no GET changes anything.",
            "ASVS 3.3.1-3.3.5, 3.5.1-3.5.3; NIST 5.1",
        ),
        "S70": Defence(
            "Pages hold nothing inline, are framed by nobody and lead nowhere else; loopback origins alone read the "
            "public API; no mistake tells what is inside.",
            "ASVS 3.4.2-3.4.8, 3.7.2, 4.1.4, 16.5.1",
        ),
    },
}
"""By flow, in the order of an account's life."""
