-- Posts one body over and over, and prints what wrk counted as one line of JSON.
function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  wrk.method = "POST"
  wrk.body = file:read("*a")
  wrk.headers["Content-Type"] = "application/json"
  file:close()
end

function done(summary, latency, requests)
  local errors = summary.errors
  print(string.format(
    '{"requests":%d,"microseconds":%d,"p50":%d,"refused":%d,"broken":%d}',
    summary.requests, summary.duration, latency:percentile(50),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
