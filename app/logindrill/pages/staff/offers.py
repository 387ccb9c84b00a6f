"""The actions that a person's card offers: label, side effects and address of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from logindrill.pages.language import marked
from logindrill.rules.orders import Order


@dataclass(frozen=True, slots=True)
class OfferedAction:
    """One choice on the card: a button that does it, or a link to the page that asks for more."""

    choice: Order
    label: str
    effect: str
    endpoint: str
    is_link: bool = False


OFFERS: Sequence[OfferedAction] = (
    OfferedAction(
        Order.RESEND,
        marked("Invite again by e-mail"),
        marked("Sends the person a new link. Older links stop working."),
        "pages.resend_invitation",
    ),
    OfferedAction(
        Order.MAKE_TEMPORARY_PASSWORD,
        marked("Generate a temporary password"),
        marked("Shown once, for you to give to the person. Replaces the current password."),
        "pages.make_temporary_password",
    ),
    OfferedAction(
        Order.REVOKE_INVITATIONS,
        marked("Revoke invitations"),
        marked("Links and temporary passwords stop working."),
        "pages.revoke_invitations",
    ),
    OfferedAction(
        Order.UNLOCK,
        marked("Unlock"),
        marked("Resets the number of failed passwords, so that the person can try again now."),
        "pages.lift_lock",
    ),
    OfferedAction(
        Order.REMOVE_FACTOR,
        marked("Remove the second factor"),
        marked("For a person who lost it. Ends their sessions and the trust in their devices."),
        "pages.open_factor_removal_of_person",
        is_link=True,
    ),
    OfferedAction(
        Order.CHANGE,
        marked("Edit contact details"),
        marked("Name, addresses and numbers. Links that were sent to a changed address stop working."),
        "pages.open_change",
        is_link=True,
    ),
    OfferedAction(
        Order.ASSIGN_ROLE,
        marked("Change role"),
        marked("Takes effect immediately."),
        "pages.open_role",
        is_link=True,
    ),
    OfferedAction(
        Order.JOIN,
        marked("Add to a company"),
        marked("A temporary password that is not used yet stops working."),
        "pages.open_membership",
        is_link=True,
    ),
    OfferedAction(
        Order.DEACTIVATE,
        marked("Deactivate"),
        marked("The person loses all access immediately. Their data and address are kept."),
        "pages.deactivate_person",
    ),
    OfferedAction(
        Order.REACTIVATE,
        marked("Reactivate"),
        marked("The person can sign in again. Old sessions stay ended."),
        "pages.reactivate_person",
    ),
    OfferedAction(
        Order.MERGE,
        marked("Merge into another account"),
        marked("The other account stays. Sign-in to this one is then refused as disabled."),
        "pages.open_merger",
        is_link=True,
    ),
    OfferedAction(
        Order.RESTORE,
        marked("Undo merge"),
        marked("The old password stays invalid. Invite the person to set a new one."),
        "pages.restore_person",
    ),
    OfferedAction(
        Order.RELEASE_EMAIL,
        marked("Release an address"),
        marked("A new account can then use the address. The old account keeps its data."),
        "pages.open_release",
        is_link=True,
    ),
    OfferedAction(
        Order.DELETE,
        marked("Delete"),
        marked("Deletes the personal data permanently and frees the address."),
        "pages.open_deletion",
        is_link=True,
    ),
)
"""In the order they are shown: getting in first, what cannot be undone last."""
