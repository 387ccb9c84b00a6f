"""What both Django applications share: settings, a database in memory, and a server that says where it listens."""

import json
import os
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

facts = json.loads(os.environ["APP"])


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


server = make_server("localhost", 0, None, handler_class=_Quiet)
url = f"http://localhost:{server.server_port}"


def configure(*apps, middleware=(), backends, **more):
    settings.configure(
        DEBUG=False,
        SECRET_KEY="of the test",
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF="__main__",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "users.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            *apps,
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            *middleware,
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        AUTHENTICATION_BACKENDS=backends,
        USE_TZ=True,
        LOGIN_REDIRECT_URL="/me",
        LOGOUT_REDIRECT_URL="/me",
        **more,
    )
    django.setup()


def serve():
    call_command("migrate", verbosity=0)
    server.set_app(get_wsgi_application())
    print(f"ready {url}", flush=True)
    server.serve_forever()
