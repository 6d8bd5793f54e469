-- For wrk: asks for the addresses of the file BENCH_PATHS in turn, and prints one line of JSON.
-- Whatever is answered with another status than 200 is counted as wrong: a page that leads to the
-- sign-in is quick, and is not the page.
local paths, turn, threads = {}, 0, {}
wrong = 0

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  for line in io.lines(os.getenv("BENCH_PATHS")) do
    paths[#paths + 1] = wrk.format("GET", line)
  end
end

function request()
  turn = turn % #paths + 1
  return paths[turn]
end

function response(status)
  if status ~= 200 then wrong = wrong + 1 end
end

function done(summary, latency, rates)
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout
  for _, thread in ipairs(threads) do lost = lost + thread:get("wrong") end
  io.write(string.format('\nJSON {"p50": %.3f, "p95": %.3f, "requests": %d, "wrong": %d}\n',
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, summary.requests, lost))
end
