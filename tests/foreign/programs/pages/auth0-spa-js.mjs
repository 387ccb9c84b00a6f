import { Auth0Client } from '@auth0/auth0-spa-js'
import { attempt, buttons, facts, origin, person } from './page.mjs'

const options = (more) => ({
  domain: `${facts.base}/auth0`,
  clientId: facts.client_id,
  authorizationParams: { redirect_uri: `${origin}/` },
  cacheLocation: 'localstorage',
  ...more,
})
const auth0 = new Auth0Client(options({ useRefreshTokens: true }))
const byFrame = new Auth0Client(options({ cacheLocation: 'memory' }))

buttons({
  'sign-in': () => auth0.loginWithRedirect(),
  'in-popup': async () => {
    await auth0.loginWithPopup()
    return person(await auth0.getUser())
  },
  'in-frame': async () => {
    await byFrame.getTokenSilently({ cacheMode: 'off' })
    return person(await byFrame.getUser())
  },
  refresh: async () => {
    await auth0.getTokenSilently({ cacheMode: 'off' })
    return { refreshed: (await auth0.getUser()).sub }
  },
  'sign-out': () => auth0.logout({ logoutParams: { returnTo: `${origin}/` } }),
})
await attempt(async () => {
  if (/[?&](code|error)=/.test(location.search)) {
    const search = location.href
    history.replaceState({}, '', '/')
    await auth0.handleRedirectCallback(search)
  }
  return person(await auth0.getUser())
})
