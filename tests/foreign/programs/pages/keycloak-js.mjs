import Keycloak from 'keycloak-js'
import { attempt, buttons, facts, origin, person } from './page.mjs'

const keycloak = new Keycloak(
  facts.plain
    ? { clientId: facts.client_id, oidcProvider: facts.issuer }
    : { url: `${facts.base}/keycloak`, realm: 'harbour', clientId: facts.client_id },
)

buttons({
  'sign-in': () => keycloak.login({ redirectUri: `${origin}/`, ...(facts.plain ? { scope: 'profile email' } : {}) }),
  refresh: async () => {
    await keycloak.updateToken(-1)
    return { refreshed: keycloak.tokenParsed.sub }
  },
  userinfo: async () => person(await keycloak.loadUserInfo()),
  'sign-out': () => keycloak.logout({ redirectUri: `${origin}/` }),
})
await attempt(async () => {
  await keycloak.init({
    pkceMethod: 'S256',
    ...(facts.frame
      ? { onLoad: 'check-sso', silentCheckSsoRedirectUri: `${origin}/silent.html` }
      : { checkLoginIframe: false }),
  })
  return person(keycloak.idTokenParsed)
})
