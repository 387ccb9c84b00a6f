import { createElement, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { AuthProvider, useAuth } from 'react-oidc-context'
import { buttons, facts, origin, person, show, shown } from './page.mjs'

let auth
let refreshing = false
function App() {
  auth = useAuth()
  useEffect(() => {
    if (!auth.isLoading && !refreshing) show(auth.error ? shown(auth.error) : person(auth.user?.profile))
  }, [auth.isLoading, auth.error, auth.user])
  return null
}

buttons({
  'sign-in': () => auth.signinRedirect(),
  'in-popup': async () => person((await auth.signinPopup())?.profile),
  refresh: async () => {
    refreshing = true
    const user = await auth.signinSilent()
    return user ? { refreshed: user.profile.sub } : shown(auth.error)
  },
  'sign-out': () => auth.signoutRedirect(),
})
const root = document.body.appendChild(document.createElement('div'))
createRoot(root).render(createElement(AuthProvider, {
  authority: facts.issuer,
  client_id: facts.client_id,
  redirect_uri: `${origin}/`,
  post_logout_redirect_uri: `${origin}/`,
  scope: 'openid profile email',
  automaticSilentRenew: false,
  onSigninCallback: () => history.replaceState({}, '', '/'),
}, createElement(App)))
