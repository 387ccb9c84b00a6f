import express from 'express'
import expressSession from 'express-session'
import passport from 'passport'
import Strategy from 'passport-openidconnect'
import { facts, listen, shown } from './common.mjs'

await listen(async (url) => {
  const found = await (await fetch(`${facts.issuer}/.well-known/openid-configuration`)).json()
  passport.use(new Strategy({
    issuer: found.issuer,
    authorizationURL: found.authorization_endpoint,
    tokenURL: found.token_endpoint,
    userInfoURL: found.userinfo_endpoint,
    clientID: facts.client_id,
    clientSecret: facts.client_secret,
    callbackURL: `${url}/callback`,
    scope: ['profile', 'email'],
  }, (issuer, profile, done) => done(null, { sub: profile.id, name: profile.displayName, email: profile.emails?.[0]?.value })))
  passport.serializeUser((user, done) => done(null, user))
  passport.deserializeUser((user, done) => done(null, user))

  const app = express()
  app.use(expressSession({ secret: 'of the test', resave: false, saveUninitialized: true }))
  app.use(passport.session())
  app.get('/sign-in', passport.authenticate('openidconnect'))
  app.get('/callback', (request, response, next) => {
    passport.authenticate('openidconnect', (error, user, info) => {
      if (error || !user) {
        request.session.error = error ? shown(error) : { error: 'access_denied', ...info }
        return response.status(401).json(request.session.error)
      }
      request.logIn(user, (problem) => (problem ? next(problem) : response.redirect('/me')))
    })(request, response, next)
  })
  app.get('/me', (request, response) => response.json(request.user ?? {}))
  app.get('/error', (request, response) => response.json(request.session.error ?? {}))
  app.get('/sign-out', (request, response, next) => request.logout((problem) => (problem ? next(problem) : response.redirect('/me'))))
  return app
})
