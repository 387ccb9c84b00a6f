"""A Flask application that signs in with Authlib."""

import json
import os
from urllib.parse import urlencode

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, jsonify, redirect, session
from werkzeug.serving import make_server

facts = json.loads(os.environ["APP"])
app = Flask(__name__)
app.secret_key = "of the test"
server = make_server("localhost", 0, app, threaded=True)
url = f"http://localhost:{server.port}"
oauth = OAuth(app)
oauth.register(
    "mock",
    server_metadata_url=f"{facts['issuer']}/.well-known/openid-configuration",
    client_id=facts["client_id"],
    client_secret=facts["client_secret"],
    client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
)


@app.get("/sign-in")
def sign_in():
    return oauth.mock.authorize_redirect(f"{url}/callback")


@app.get("/callback")
def callback():
    token = oauth.mock.authorize_access_token()
    session["user"] = dict(token["userinfo"])
    session["tokens"] = {name: token[name] for name in ("refresh_token", "id_token")}
    return redirect("/me")


@app.get("/me")
def me():
    return jsonify(session.get("user", {}))


@app.get("/refresh")
def refresh():
    held = session["tokens"]
    token = oauth.mock.fetch_access_token(grant_type="refresh_token", refresh_token=held["refresh_token"])
    session["tokens"] = held | {"refresh_token": token["refresh_token"]}
    return jsonify(refreshed=oauth.mock.userinfo(token=token)["sub"])


@app.get("/sign-out")
def sign_out():
    hint = session["tokens"]["id_token"]
    session.clear()
    query = urlencode({"id_token_hint": hint, "post_logout_redirect_uri": f"{url}/me"})
    return redirect(f"{oauth.mock.load_server_metadata()['end_session_endpoint']}?{query}")


@app.get("/error")
def error():
    return jsonify(session.get("error", {}))


@app.errorhandler(Exception)
def show(error):
    code = error.error if isinstance(error, OAuthError) else type(error).__name__
    session["error"] = {"error": code, "message": str(error)}
    return jsonify(session["error"]), 400


print(f"ready {url}", flush=True)
server.serve_forever()
