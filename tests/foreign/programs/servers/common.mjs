// What all applications share: the facts they are started with, and a server that says where it listens.
import { createServer } from 'node:http'

export const facts = JSON.parse(process.env.APP)

// Listens on a free port, then lets `build` make the handler for that address.
export async function listen(build) {
  let handler = (request, response) => response.writeHead(503).end()
  const server = createServer((request, response) => handler(request, response))
  await new Promise((done) => server.listen(0, done))
  const url = `http://localhost:${server.address().port}`
  handler = await build(url)
  console.log(`ready ${url}`)
}

export function json(response, value, status = 200) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}

export function redirect(response, address, headers = {}) {
  response.writeHead(302, { Location: String(address), ...headers }).end()
}

// What an application shows of an error: the code of OAuth where the library has it, and its own message.
export function shown(error) {
  return { error: error?.error ?? error?.cause?.error ?? error?.code ?? error?.name ?? 'error', message: String(error?.message ?? error) }
}

// One browser each, by a cookie.
export function sessions() {
  const held = new Map()
  return (request, response) => {
    let id = /(?:^|; )app=(\w+)/.exec(request.headers.cookie ?? '')?.[1]
    if (!held.has(id)) {
      id = crypto.randomUUID().replaceAll('-', '')
      held.set(id, {})
      response.setHeader('Set-Cookie', `app=${id}; HttpOnly; SameSite=Lax; Path=/`)
    }
    return held.get(id)
  }
}
