import express from 'express'
import openid from 'express-openid-connect'
import { facts, listen, shown } from './common.mjs'

await listen(async (url) => {
  let last = {}
  const app = express()
  app.use(openid.auth({
    issuerBaseURL: facts.issuer,
    baseURL: url,
    clientID: facts.client_id,
    clientSecret: facts.client_secret,
    secret: 'a secret of the application that is long enough',
    authRequired: false,
    idpLogout: true,
    routes: { login: '/sign-in', logout: '/sign-out', callback: '/callback', postLogoutRedirect: '/me' },
    authorizationParams: { response_type: 'code', scope: 'openid profile email' },
  }))
  app.get('/me', (request, response) => response.json(request.oidc.user ?? {}))
  app.get('/', (request, response) => response.redirect('/me'))
  app.get('/refresh', (request, response, next) => {
    request.oidc.accessToken.refresh().then(() => response.json({ refreshed: request.oidc.user.sub }), next)
  })
  app.get('/error', (request, response) => response.json(last))
  app.use((error, request, response, next) => {
    last = shown(error)
    response.status(error.status ?? 500).json(last)
  })
  return app
})
