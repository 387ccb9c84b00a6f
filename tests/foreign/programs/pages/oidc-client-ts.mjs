import { UserManager } from 'oidc-client-ts'
import { attempt, buttons, facts, origin, person } from './page.mjs'

const users = new UserManager({
  authority: facts.issuer,
  client_id: facts.client_id,
  redirect_uri: `${origin}/callback`,
  popup_redirect_uri: `${origin}/popup`,
  silent_redirect_uri: `${origin}/silent`,
  post_logout_redirect_uri: `${origin}/`,
  scope: 'openid profile email',
  loadUserInfo: true,
  automaticSilentRenew: false,
})

const arrivals = {
  '/callback': async () => {
    const user = await users.signinRedirectCallback()
    history.replaceState({}, '', '/')
    return person(user.profile)
  },
  '/popup': () => users.signinPopupCallback(),
  '/silent': () => users.signinSilentCallback(),
  '/': async () => person((await users.getUser())?.profile),
}

buttons({
  'sign-in': () => users.signinRedirect(),
  'in-popup': async () => person((await users.signinPopup()).profile),
  'in-frame': async () => {
    await users.removeUser()
    return person((await users.signinSilent()).profile)
  },
  refresh: async () => ({ refreshed: (await users.signinSilent()).profile.sub }),
  'sign-out': () => users.signoutRedirect(),
})
await attempt(arrivals[location.pathname])
