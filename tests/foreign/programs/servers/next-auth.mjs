// NextAuth as a handler of Next's API routes: Express hands it the request in the form that Next does.
import express from 'express'
import nextAuth from 'next-auth'
import { getToken } from 'next-auth/jwt'
import { facts, listen } from './common.mjs'

await listen(async (url) => {
  process.env.NEXTAUTH_URL = url
  const secret = process.env.NEXTAUTH_SECRET = 'a secret of the application that is long enough'
  let last = {}
  const handle = nextAuth.default ?? nextAuth
  const options = {
    providers: [{
      id: 'mock', name: 'Mock', type: 'oauth', wellKnown: `${facts.issuer}/.well-known/openid-configuration`, idToken: true,
      checks: ['pkce', 'state', 'nonce'], clientId: facts.client_id, clientSecret: facts.client_secret,
      authorization: { params: { scope: 'openid profile email' } },
      profile: (claims) => ({ id: claims.sub, name: claims.name, email: claims.email }),
    }],
    secret,
    logger: { error: (code, more) => { last = { error: more?.error?.error ?? code, message: String(more?.error?.message ?? more?.message ?? '') } }, warn() {}, debug() {} },
  }
  const app = express()
  app.use(express.urlencoded({ extended: false }), express.json())
  app.use((request, response, next) => {
    request.cookies = Object.fromEntries((request.headers.cookie ?? '').split('; ').filter(Boolean).map((one) => {
      const [name, ...rest] = one.split('=')
      return [name, decodeURIComponent(rest.join('='))]
    }))
    next()
  })
  app.use('/api/auth', (request, response) => {
    const query = { ...request.query, nextauth: request.path.slice(1).split('/') }
    Object.defineProperty(request, 'query', { value: query })
    return handle(request, response, options)
  })
  app.get('/sign-in', (request, response) => response.redirect('/api/auth/signin?callbackUrl=/me'))
  app.get('/sign-out', (request, response) => response.redirect('/api/auth/signout?callbackUrl=/me'))
  app.get('/me', async (request, response) => {
    const token = await getToken({ req: request, secret })
    response.json(token ? { sub: token.sub, name: token.name, email: token.email } : {})
  })
  app.get('/error', (request, response) => response.json(last))
  return app
})
