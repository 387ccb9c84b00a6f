"""The signed-in person's own account: profile and password."""

from logindrill.access import authentication, proof, throttles
from logindrill.credentials import codes, invitations, links, notices
from logindrill.models import CodePurpose, LinkPurpose, Session, User
from logindrill.people import directory, passwords
from logindrill.people.directory import UserCard
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import NO_SESSION, PASSWORD_CHANGED
from logindrill.work.unit_of_work import UnitOfWork


def show(uow: UnitOfWork) -> UserCard:
    """The signed-in person."""
    return directory.card(uow, _user(uow, authentication.authenticate(uow).user_id))


def rename(uow: UnitOfWork, name: str | None) -> UserCard:
    """Change one's own name; people cannot change anything else of their account here (S56)."""
    actor = authentication.authenticate(uow)
    user = _user(uow, actor.user_id)
    if name is not None and name != user.name:
        user.name = name
        uow.session.flush()
        uow.note("user.change", subject=user.id, actor=user.id, fields=["name"], kinds=["name changed"])
    return directory.card(uow, user)


def change_password(uow: UnitOfWork, current: str, password: str, confirmation: str) -> None:
    """Change one's password, given the present one: other sessions and all trusted devices end, a notice goes out.

    Raises Refused `current_password_incorrect` for a wrong current password, Invalid for the fields.
    """
    actor = authentication.authenticate(uow)
    user = _user(uow, actor.user_id)
    epoch = user.epoch
    proof.require_password(uow, user, current)
    address = invitations.main_address(uow, user.id)
    hashed = passwords.hash_new(
        uow,
        password,
        confirmation,
        current_hash=user.password_hash,
        context=(user.name, user.username or "", address or ""),
    )
    with uow.writing():
        actor = authentication.authenticate(uow)
        user = _user(uow, actor.user_id)
        if user.epoch != epoch:
            raise Refused(NO_SESSION)
        user.set_password(hashed, passwords.marks(uow, password), uow.now, cause=PASSWORD_CHANGED.code)
        session = uow.get_one(Session, actor.session_key)
        session.epoch = user.epoch
        links.void(uow, user.id, LinkPurpose.PASSWORD_RESET)
        throttles.reset(uow, "password", user.id)
        codes.void(uow, user.id, CodePurpose.SECOND_FACTOR)
        notices.send(uow, user, title="Your password was changed", sentence="The password of your account was changed.")
        uow.note("password.change", subject=user.id, actor=user.id)


def _user(uow: UnitOfWork, user_id: str) -> User:
    user = directory.user(uow, user_id)
    if user is None:
        raise Refused(NO_SESSION)
    return user
