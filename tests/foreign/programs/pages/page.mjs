// What all pages share: what they show, and a button for each thing that the library can do.
export const facts = window.facts
export const origin = location.origin

const state = document.querySelector('#state')

export function show(value) {
  state.textContent = JSON.stringify(value)
}

export function shown(error) {
  return { error: error?.error ?? error?.innerError?.error ?? error?.name ?? 'error', message: String(error?.message ?? error?.error_description ?? error) }
}

export function person(claims) {
  return claims ? { sub: claims.sub, name: claims.name, email: claims.email } : {}
}

// Does something, and shows what came of it.
export async function attempt(action) {
  try {
    const value = await action()
    if (value !== undefined) show(value)
  } catch (error) {
    show(shown(error))
  }
}

export function buttons(actions) {
  for (const [id, action] of Object.entries(actions)) {
    const button = document.createElement('button')
    button.id = id
    button.textContent = id
    button.addEventListener('click', () => {
      state.textContent = ''
      attempt(action)
    })
    document.querySelector('#buttons').append(button)
  }
}
