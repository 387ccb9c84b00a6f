import { ExpressAuth, getSession } from '@auth/express'
import express from 'express'
import { facts, listen } from './common.mjs'

await listen(async (url) => {
  let last = {}
  const options = {
    providers: [{
      id: 'mock', name: 'Mock', type: 'oidc', issuer: facts.issuer, clientId: facts.client_id, clientSecret: facts.client_secret,
    }],
    secret: 'a secret of the application that is long enough',
    trustHost: true,
    callbacks: {
      session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub } }),
      jwt: ({ token, profile }) => (profile ? { ...token, sub: profile.sub } : token),
    },
    logger: { error: (error) => { last = { error: error.cause?.error ?? error.cause?.err?.cause?.error ?? error.type, message: `${error} ${JSON.stringify(error.cause ?? {})}` } }, warn() {} },
  }
  const app = express()
  app.use('/auth/*', ExpressAuth(options))
  app.get('/sign-in', (request, response) => response.redirect('/auth/signin?callbackUrl=/me'))
  app.get('/sign-out', (request, response) => response.redirect('/auth/signout?callbackUrl=/me'))
  app.get('/me', async (request, response) => {
    const session = await getSession(request, options)
    response.json(session ? { sub: session.user.id, name: session.user.name, email: session.user.email } : {})
  })
  app.get('/error', (request, response) => response.json(last))
  return app
})
