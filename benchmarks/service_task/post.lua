-- Posts the bodies of a file, one line each, every thread its own share of them.
local counter = 0
function setup(thread)
  thread:set("tid", counter)
  counter = counter + 1
end
function init(args)
  lines = {}
  local at = 0
  for line in io.lines(args[1]) do
    if at % tonumber(args[3]) == tid then lines[#lines + 1] = line end
    at = at + 1
  end
  header = {["Content-Type"] = "application/json"}
  if args[2] ~= "-" then header["Authorization"] = "Bearer " .. args[2] end
  target = args[4]
  n = 0
end
function request()
  n = n + 1
  if n > #lines then wrk.thread:stop() n = #lines end
  return wrk.format("POST", target, header, lines[n])
end
function done(summary, latency, requests)
  io.write(string.format("RESULT %d %d %.3f %.3f %d\n", summary.requests,
    summary.duration, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.read + summary.errors.write
      + summary.errors.timeout))
end
