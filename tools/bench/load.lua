-- Sends the calls of a file in turn: one a line, as METHOD PATH BODY. Its last word is one line of JSON.

local calls, turn = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    local method, path, body = line:match("^(%S+) (%S+) ?(.*)$")
    local headers = { ["Content-Type"] = "application/json" }
    calls[#calls + 1] = wrk.format(method, path, headers, #body > 0 and body or nil)
  end
end

function request()
  turn = turn % #calls + 1
  return calls[turn]
end

function done(summary, latency, _)
  local failed = summary.errors
  local transport = failed.connect + failed.read + failed.write + failed.timeout
  local line = '\nRESULT {"calls":%d,"refused":%d,"broken":%d,"microseconds":%d,"p50":%d,"p99":%d}\n'
  io.write(line:format(
    summary.requests, failed.status, transport, summary.duration,
    latency:percentile(50), latency:percentile(99)
  ))
end
