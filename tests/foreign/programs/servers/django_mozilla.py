"""A Django application that signs in with mozilla-django-oidc."""

import sys
from urllib.parse import urlencode

from common_django import configure, facts, serve, url

sys.modules.setdefault("django_mozilla", sys.modules["__main__"])


def end_session(request):
    hint = request.session.get("oidc_id_token")
    query = urlencode({"id_token_hint": hint, "post_logout_redirect_uri": f"{url}/me"})
    return f"{facts['issuer']}/end-session?{query}"


configure(
    "mozilla_django_oidc",
    middleware=["mozilla_django_oidc.middleware.SessionRefresh"],
    backends=["mozilla_django_oidc.auth.OIDCAuthenticationBackend"],
    LOGIN_REDIRECT_URL_FAILURE="/error",
    OIDC_RP_CLIENT_ID=facts["client_id"],
    OIDC_RP_CLIENT_SECRET=facts["client_secret"],
    OIDC_RP_SIGN_ALGO="RS256",
    OIDC_RP_SCOPES="openid profile email",
    OIDC_OP_AUTHORIZATION_ENDPOINT=f"{facts['issuer']}/authorize",
    OIDC_OP_TOKEN_ENDPOINT=f"{facts['issuer']}/token",
    OIDC_OP_USER_ENDPOINT=f"{facts['issuer']}/userinfo",
    OIDC_OP_JWKS_ENDPOINT=f"{facts['issuer']}/jwks",
    OIDC_OP_LOGOUT_URL_METHOD="django_mozilla.end_session",
    OIDC_STORE_ID_TOKEN=True,
    OIDC_USERNAME_ALGO="django_mozilla.name_of",
    OIDC_EXEMPT_URLS=["/refresh", "/error", "/sign-out"],
    ALLOW_LOGOUT_GET_METHOD=True,
)

from django.http import HttpResponseRedirect, JsonResponse
from django.urls import include, path
from mozilla_django_oidc.views import OIDCAuthenticationRequestView, OIDCLogoutView


def name_of(email, claims):
    return claims["sub"]


def me(request):
    user = request.user
    return JsonResponse({"sub": user.username, "email": user.email} if user.is_authenticated else {})


def refresh(request):
    """Let the library believe that its ID token has expired: it renews with prompt=none at the next page."""
    request.session["oidc_id_token_expiration"] = 0
    return HttpResponseRedirect("/me")


def error(request):
    return JsonResponse({"error": request.GET.get("error", "refused")})


urlpatterns = [
    path("oidc/", include("mozilla_django_oidc.urls")),
    path("sign-in", OIDCAuthenticationRequestView.as_view()),
    path("sign-out", OIDCLogoutView.as_view()),
    path("me", me),
    path("refresh", refresh),
    path("error", error),
]

serve()
