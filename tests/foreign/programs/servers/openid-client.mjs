import * as client from 'openid-client'
import { facts, json, listen, redirect, sessions, shown } from './common.mjs'

await listen(async (url) => {
  const config = await client.discovery(new URL(facts.issuer), facts.client_id, facts.client_secret, undefined, {
    execute: [client.allowInsecureRequests],
  })
  const session = sessions()

  const views = {
    async '/sign-in'(own, request, response) {
      own.verifier = client.randomPKCECodeVerifier()
      own.state = client.randomState()
      own.nonce = client.randomNonce()
      redirect(response, client.buildAuthorizationUrl(config, {
        redirect_uri: `${url}/callback`,
        scope: 'openid profile email',
        code_challenge: await client.calculatePKCECodeChallenge(own.verifier),
        code_challenge_method: 'S256',
        state: own.state,
        nonce: own.nonce,
        max_age: '3600',
      }))
    },
    async '/callback'(own, request, response) {
      own.tokens = await client.authorizationCodeGrant(config, new URL(request.url, url), {
        pkceCodeVerifier: own.verifier, expectedState: own.state, expectedNonce: own.nonce, maxAge: 3600,
      })
      own.claims = own.tokens.claims()
      own.userinfo = await client.fetchUserInfo(config, own.tokens.access_token, own.claims.sub)
      redirect(response, `${url}/me`)
    },
    async '/me'(own, request, response) {
      json(response, own.userinfo ? { ...own.claims, ...own.userinfo } : {})
    },
    async '/refresh'(own, request, response) {
      own.tokens = await client.refreshTokenGrant(config, own.tokens.refresh_token)
      json(response, { refreshed: own.tokens.claims().sub })
    },
    async '/sign-out'(own, request, response) {
      const address = client.buildEndSessionUrl(config, { post_logout_redirect_uri: `${url}/me`, id_token_hint: own.tokens.id_token })
      for (const name of Object.keys(own)) delete own[name]
      redirect(response, address)
    },
    async '/error'(own, request, response) {
      json(response, own.error ?? {})
    },
  }

  return async (request, response) => {
    const own = session(request, response)
    const view = views[new URL(request.url, url).pathname]
    try {
      await (view ? view(own, request, response) : json(response, {}, 404))
    } catch (error) {
      own.error = shown(error)
      json(response, own.error, 400)
    }
  }
})
