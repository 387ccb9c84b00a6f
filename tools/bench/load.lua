-- Sends the calls of a file in turn: one a line, as METHOD PATH BODY. Its last word is one line of JSON.
-- Arguments: the file, what the body of every good answer contains, and headers as NAME VALUE in turn.

local calls, turn, expected = {}, 0, ""
local threads = {}
wrong = 0 -- global, since `done` reads it from outside

function setup(thread)
  threads[#threads + 1] = thread
end

function init(arguments)
  expected = arguments[2]
  local headers = { ["Content-Type"] = "application/json" }
  for place = 3, #arguments, 2 do
    headers[arguments[place]] = arguments[place + 1]
  end
  for line in io.lines(arguments[1]) do
    local method, path, body = line:match("^(%S+) (%S+) ?(.*)$")
    calls[#calls + 1] = wrk.format(method, path, headers, #body > 0 and body or nil)
  end
end

function request()
  turn = turn % #calls + 1
  return calls[turn]
end

function response(status, _, body)
  if status < 400 and not body:find(expected, 1, true) then
    wrong = wrong + 1
  end
end

function done(summary, latency, _)
  local failed = summary.errors
  local transport = failed.connect + failed.read + failed.write + failed.timeout
  local refused = failed.status
  for _, thread in ipairs(threads) do
    refused = refused + thread:get("wrong")
  end
  local line = '\nRESULT {"calls":%d,"refused":%d,"broken":%d,"microseconds":%d,"p50":%d,"p99":%d}\n'
  io.write(line:format(
    summary.requests, refused, transport, summary.duration,
    latency:percentile(50), latency:percentile(99)
  ))
end
