"""Defences of everything after the sign-in: ending accounts, sessions, staff, control API, browsers."""

from collections.abc import Mapping

from logindrill.reference.defences.defence import Defence

DEFENCES: Mapping[str, Mapping[str, Defence]] = {
    "Deactivation, deletion, merging, release": {
        "S46": Defence(
            "Deactivation ends everything that was issued, at the next call, on every worker. The data remain.",
            "ASVS 7.4.2, 8.3.2",
        ),
        "S47": Defence(
            "Nobody acts on somebody of a higher rank, and an active owner always remains: on every path and at "
            "every moment.",
            "ASVS 8.2.1, 2.3.4",
        ),
        "S48": Defence(
            "An account comes back only by an explicit act, and nothing issued before works again.", "ASVS 7.4.2"
        ),
        "S49": Defence(
            "Deletion removes all personal data. The id is never used again; the address may get a new id.",
            "ASVS 10.5.2; NIST 4.5",
        ),
        "S50": Defence(
            "A merger is done completely or not at all, only for people whom the actor may manage. It raises no "
            "role, and it ends everything that was issued to the merged account.",
            "ASVS 2.3.3, 8.2.3",
        ),
        "S51": Defence(
            "An address is released once, links sent to it stop working, and no account returns with an address "
            "that is taken.",
            "ASVS 2.3.3",
        ),
    },
    "Session": {
        "S52": Defence(
            "A session is an opaque token of 256 bits. It is valid only in its exact spelling and ends at sign-out.",
            "ASVS 7.2.3, 7.4.1",
        ),
        "S53": Defence(
            "A session ends when it was idle or has lasted too long, by the sandbox's clock.",
            "ASVS 7.1.1, 7.3.1, 7.3.2; NIST 2.1.3",
        ),
        "S54": Defence(
            "People see and end their own sessions; staff see and end those of the people they manage.",
            "ASVS 7.5.2, 7.4.5",
        ),
    },
    "Staff permissions and log": {
        "S55": Defence(
            "Data of another sandbox or company look exactly like data that do not exist.", "ASVS 8.2.2, 8.4.1"
        ),
        "S56": Defence("A request body sets only the fields it declares.", "ASVS 8.2.3"),
        "S57": Defence("A new role takes effect immediately. Cursors and filters are validated.", "ASVS 8.3.2"),
        "S58": Defence(
            "The log records every act with both times. It contains no secret, and no input can break or forge a line.",
            "ASVS 16.2.1, 16.3.1, 16.4.1",
        ),
    },
    "Control API and inbox": {
        "S59": Defence(
            "No session opens the control API. Beyond loopback a key does, compared in constant time.",
            "ASVS 13.2.3, 8.4.2",
        ),
        "S60": Defence(
            "Host names, origins and media types are checked, and no other origin can read an answer. Without a "
            "control key, a change under another name than this machine's must say which page it comes from.",
            "ASVS 3.5.2, 3.5.8",
        ),
        "S61": Defence(
            "The content of mails is displayed without running it, and it cannot write a header.", "ASVS 3.2.1, 3.2.2"
        ),
        "S62": Defence(
            "There is no default secret and no debugger. Sandboxes, messages and request bodies have quotas.",
            "ASVS 6.3.2, 13.4.2, 13.2.4, 2.4.1",
        ),
    },
    "Browsers": {
        "S69": Defence(
            "Scripts cannot read cookies, cookies are sent only by the same site, and with TLS only over TLS. Every "
            "form carries proof that it is ours. No GET changes anything but the time of the last use of sandbox and "
            "session.",
            "ASVS 3.3.1-3.3.5, 3.5.1-3.5.3; NIST 5.1",
        ),
        "S70": Defence(
            "Pages contain no inline code, cannot be framed, and lead to no other site. Only loopback origins can "
            "read the public API. An error reveals nothing of the inside.",
            "ASVS 3.4.2-3.4.8, 3.7.2, 4.1.4, 16.5.1",
        ),
    },
}
