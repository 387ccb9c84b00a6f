"""A Django application that signs in with django-allauth."""

import sys

from common_django import configure, facts, serve

sys.modules.setdefault("django_allauth", sys.modules["__main__"])
last = {}

configure(
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    middleware=["allauth.account.middleware.AccountMiddleware"],
    backends=["django.contrib.auth.backends.ModelBackend", "allauth.account.auth_backends.AuthenticationBackend"],
    ACCOUNT_EMAIL_VERIFICATION="none",
    ACCOUNT_LOGOUT_ON_GET=True,
    SOCIALACCOUNT_LOGIN_ON_GET=True,
    SOCIALACCOUNT_AUTO_SIGNUP=True,
    SOCIALACCOUNT_STORE_TOKENS=True,
    SOCIALACCOUNT_ADAPTER="django_allauth.Adapter",
    SOCIALACCOUNT_PROVIDERS={
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "mock",
                    "name": "Mock",
                    "client_id": facts["client_id"],
                    "secret": facts["client_secret"],
                    "settings": {"server_url": facts["issuer"]},
                }
            ]
        }
    },
)

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import include, path


class Adapter(DefaultSocialAccountAdapter):
    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        last.update(error=error, message=str(exception))


def me(request):
    found = SocialAccount.objects.filter(user_id=request.user.pk).first() if request.user.is_authenticated else None
    if found is None:
        return JsonResponse({})
    return JsonResponse({"sub": found.uid, "name": request.user.get_full_name(), "email": request.user.email})


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("sign-in", lambda _: HttpResponseRedirect("/accounts/oidc/mock/login/?next=/me")),
    path("sign-out", lambda _: HttpResponseRedirect("/accounts/logout/?next=/me")),
    path("me", me),
    path("error", lambda _: JsonResponse(last)),
]

serve()
