import {
  AuthorizationNotifier, AuthorizationRequest, AuthorizationServiceConfiguration, BaseTokenRequestHandler, DefaultCrypto,
  FetchRequestor, GRANT_TYPE_AUTHORIZATION_CODE, GRANT_TYPE_REFRESH_TOKEN, LocalStorageBackend, RedirectRequestHandler,
  RevokeTokenRequest, TokenRequest,
} from '@openid/appauth'
import { BasicQueryStringUtils } from '@openid/appauth/built/src/query_string_utils'
import { attempt, buttons, facts, origin, person } from './page.mjs'

// The library reads the fragment as a rule; here the answer comes in the query.
class InQuery extends BasicQueryStringUtils {
  parse(input) {
    return super.parse(input, false)
  }
}

const requestor = new FetchRequestor()
const provider = await AuthorizationServiceConfiguration.fetchFromIssuer(facts.issuer, requestor)
const own = { client_id: facts.client_id, redirect_uri: `${origin}/` }
const tokens = new BaseTokenRequestHandler(requestor)
const handler = new RedirectRequestHandler(new LocalStorageBackend(), new InQuery(), window.location, new DefaultCrypto())
const notifier = new AuthorizationNotifier()
handler.setAuthorizationNotifier(notifier)

let held
let failed
const arrived = new Promise((done) => notifier.setAuthorizationListener((request, response, error) => {
  failed = error
  done(response && new TokenRequest({
    ...own,
    grant_type: GRANT_TYPE_AUTHORIZATION_CODE,
    code: response.code,
    extras: { code_verifier: request.internal.code_verifier },
  }))
}))

async function claims() {
  const headers = { Authorization: `Bearer ${held.accessToken}` }
  return (await fetch(provider.userInfoEndpoint, { headers })).json()
}

buttons({
  'sign-in': () => handler.performAuthorizationRequest(provider, new AuthorizationRequest({
    ...own, scope: 'openid profile email', response_type: AuthorizationRequest.RESPONSE_TYPE_CODE,
  }, new DefaultCrypto(), true)),
  refresh: async () => {
    held = await tokens.performTokenRequest(provider, new TokenRequest({
      ...own, grant_type: GRANT_TYPE_REFRESH_TOKEN, refresh_token: held.refreshToken,
    }))
    return { refreshed: (await claims()).sub }
  },
  'sign-out': async () => {
    await tokens.performRevokeTokenRequest(provider, new RevokeTokenRequest({ token: held.refreshToken, client_id: own.client_id }))
    return {}
  },
})
await attempt(async () => {
  if (!location.search) return {}
  await handler.completeAuthorizationRequestIfPossible()
  const request = await arrived
  history.replaceState({}, '', '/')
  if (!request) return { error: failed?.error, message: failed?.errorDescription }
  held = await tokens.performTokenRequest(provider, request)
  return person(await claims())
})
