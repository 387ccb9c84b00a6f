"""What a person's card offers to do: what it is called, what it does besides, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass

from logindrill.pages.language import marked
from logindrill.services.choices import Choice


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice on the card: a button that does it, or a link to the page that asks for more."""

    choice: Choice
    label: str
    effect: str
    endpoint: str
    is_link: bool = False


OFFERS: Sequence[Offer] = (
    Offer(
        Choice.RESEND,
        marked("Invite again by e-mail"),
        marked("A new link goes to the person; older links die."),
        "pages.resend_invitation",
    ),
    Offer(
        Choice.MAKE_TEMPORARY_PASSWORD,
        marked("Generate a temporary password"),
        marked("It is shown to you once, to hand over, and replaces the present password."),
        "pages.make_temporary_password",
    ),
    Offer(
        Choice.REVOKE_INVITATIONS,
        marked("Revoke invitations"),
        marked("Links and temporary passwords stop working."),
        "pages.revoke_invitations",
    ),
    Offer(
        Choice.UNLOCK,
        marked("Unlock"),
        marked("Failed passwords are forgotten, so that the person may try again at once."),
        "pages.lift_lock",
    ),
    Offer(
        Choice.REMOVE_FACTOR,
        marked("Remove the second factor"),
        marked("For a person who lost it. Sessions and trusted devices end."),
        "pages.remove_factor_of_person",
    ),
    Offer(
        Choice.CHANGE,
        marked("Correct contact details"),
        marked("Name, addresses and numbers. Links to an address that changes die."),
        "pages.open_change",
        is_link=True,
    ),
    Offer(
        Choice.ASSIGN_ROLE,
        marked("Change the role"),
        marked("Counts from the next click on."),
        "pages.open_role",
        is_link=True,
    ),
    Offer(
        Choice.JOIN,
        marked("Add to a company"),
        marked("An outstanding temporary password dies."),
        "pages.open_membership",
        is_link=True,
    ),
    Offer(
        Choice.DEACTIVATE,
        marked("Deactivate"),
        marked("All access is lost at once; the data and the address are kept."),
        "pages.deactivate_person",
    ),
    Offer(
        Choice.REACTIVATE,
        marked("Reactivate"),
        marked("The person may sign in again; old sessions stay dead."),
        "pages.reactivate_person",
    ),
    Offer(
        Choice.MERGE,
        marked("Merge into another account"),
        marked("The other account stays; signing in to this one says that it is disabled."),
        "pages.open_merger",
        is_link=True,
    ),
    Offer(
        Choice.RESTORE,
        marked("Make independent again"),
        marked("The old password stays dead; a new one comes by invitation."),
        "pages.restore_person",
    ),
    Offer(
        Choice.RELEASE_EMAIL,
        marked("Release an address"),
        marked("A new account can then be made under it; the old record stays."),
        "pages.open_release",
        is_link=True,
    ),
    Offer(
        Choice.DELETE,
        marked("Delete"),
        marked("Personal data is removed for good and the address is free."),
        "pages.open_deletion",
        is_link=True,
    ),
)
"""In the order they are shown: getting in first, what cannot be undone last."""
