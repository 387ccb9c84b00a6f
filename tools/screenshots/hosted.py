"""Takes the pictures of the hosted pages, in the states that a person sees."""

from tools.screenshots.album import Album


def take(album: Album) -> None:
    """Every page, in the states that tell something."""
    _signing_in(album)
    _second_factor(album)
    _links(album)
    _contacts(album)
    _customers(album)
    _loading(album)


def _signing_in(album: Album) -> None:
    known = album.stage("deactivated").known
    home = f"/s/{known['sandbox']}"
    album.open(f"{home}/login")
    album.take("login")
    album.fill(identifier=known["person.email"], password=known["person.password"])
    album.take("login-deactivated")
    album.open(f"{home}/help")
    album.take("help")
    album.open(f"{home}/forgot-password")
    album.take("forgot-password")
    album.fill(identifier=known["owner.email"])
    album.take("check-mail")
    album.open(f"{home}/login")
    album.fill(identifier=known["owner.email"], password=known["owner.password"])
    album.take("account")
    album.open(f"{home}/people")
    album.take("people")
    album.open(f"{home}/people/{known['person.id']}")
    album.take("person")


def _second_factor(album: Album) -> None:
    known = album.stage("new-device-asks-second-factor").known
    home = f"/s/{known['sandbox']}"
    album.open(f"{home}/login")
    album.fill(identifier=known["person.email"], password=known["person.password"])
    album.take("second-factor-number")
    album.fill(phone=known["person.phone"])
    album.take("second-factor")
    path = f"/sandboxes/{known['sandbox']}/messages/latest?kind=second_factor_code"
    album.fill(code=album.control("GET", path)["code"])
    album.open(f"{home}/account/second-factor")
    album.take("set-second-factor")


def _links(album: Album) -> None:
    known = album.stage("not-activated-yet").known
    home = f"/s/{known['sandbox']}"
    message = album.control(
        "GET", f"/sandboxes/{known['sandbox']}/messages/latest?kind=activation&to={known['person.email']}"
    )
    album.open(f"{home}/activate/{message['token']}")
    album.take("activate")
    album.fill(password="short", password_confirmation="shorter")
    album.take("activate-refused")
    album.open(f"{home}/activate/cut")
    album.take("link-unusable")


def _contacts(album: Album) -> None:
    known = album.stage("not-published").known
    home = f"/s/{known['sandbox']}"
    album.open(f"{home}/code")
    album.take("code")
    album.fill(contact=known["person.email"])
    album.take("code-entry")
    album.fill(code="000000")
    album.take("code-refused")
    path = f"/sandboxes/{known['sandbox']}/messages/latest?kind=confirmation_code"
    album.fill(code=album.control("GET", path)["code"])
    album.open(f"{home}/publications")
    album.take("publications")


def _customers(album: Album) -> None:
    known = album.stage("invalid-password").known
    home = f"/s/{known['sandbox']}"
    album.open(f"{home}/login")
    album.fill(identifier=known["person.username"], password="something else")
    album.take("login-invalid")
    album.open(f"{home}/login")
    album.fill(identifier=known["professional.email"], password=known["professional.password"])
    album.open(f"{home}/people/{known['person.id']}")
    album.take("customer")


def _loading(album: Album) -> None:
    known = album.stage("stuck-on-hotspot").known
    album.open(f"/s/{known['sandbox']}/login")
    album.fill(identifier=known["person.email"], password=known["person.password"])
    album.take("loading")
