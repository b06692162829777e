-- Requests for wrk: batches of valid page views and leads of about 470 bytes each, every id new.
--   wrk ... -s events.lua URL -- BATCH MIX
--   BATCH  events a request; 1 posts a single object
--   MIX    "valid", or "mixed": of every ten events one is invalid and one repeats the id of its neighbour
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local head = '{"event_id":"'
local middle = {
  '","timestamp":"2026-11-20T08:00:00.123Z","event_name":"page_view","session_id":"s-',
  '","timestamp":"2026-11-20T08:00:00.123Z","event_name":"lead_submitted","session_id":"s-',
}
local tail = {
  '","user_id":null,"anonymous_id":"a-5d1f0f6e2c","properties":{"path":"/pricing","title":"Pricing and plans"},'
    .. '"context":{"source":"google","medium":"cpc","campaign":"autumn-sale","device_type":"web","locale":"en-GB",'
    .. '"referrer":"https://www.google.com/","page":"https://shop.example/pricing?utm_source=google",'
    .. '"click_ids":{"gclid":"EAIaIQobChMI8d"}}}',
  '","user_id":null,"anonymous_id":"a-5d1f0f6e2c","properties":{"form":"contact","offer":"demo","value":120.5,"currency":"EUR"},'
    .. '"context":{"source":"google","medium":"cpc","campaign":"autumn-sale","device_type":"web","locale":"en-GB",'
    .. '"referrer":"https://www.google.com/","page":"https://shop.example/contact?utm_source=google"}}',
}
local invalid = '","user_id":7,"properties":{},"context":{"source":"google","medium":"cpc","device_type":"fridge"}}'

function init(args)
  batch = tonumber(args[1] or "50")
  mixed = args[2] == "mixed"
  math.randomseed(os.time() * 1000 + number)
  prefix = string.format("%08x-%04x-4%03x-a%03x-", math.random(0, 0x7fffffff), math.random(0, 0xffff), number, math.random(0, 0xfff))
  count = 0
  parts = {}
  wrk.method = "POST"
  wrk.headers["Authorization"] = "Bearer demo"
  wrk.headers["Content-Type"] = "application/json"
end

local function event(i)
  local kind = (i % 5 == 0) and 2 or 1
  local repeated = mixed and i % 10 == 9
  if not repeated then count = count + 1 end
  local id = prefix .. string.format("%012x", count)
  -- a repeated id must come from the same session to be the same event
  local session = string.format("%06d", math.floor(count / 3) % 100000)
  local last = (mixed and i % 10 == 4) and invalid or tail[kind]
  return head .. id .. middle[kind] .. session .. last
end

function request()
  if batch == 1 then
    return wrk.format(nil, nil, nil, event(1))
  end
  for i = 1, batch do parts[i] = event(i) end
  return wrk.format(nil, nil, nil, "[" .. table.concat(parts, ",", 1, batch) .. "]")
end

function done(summary, latency, requests)
  io.write(string.format("wrk requests=%d seconds=%.2f p50_ms=%.2f p99_ms=%.2f max_ms=%.2f non_2xx=%d broken=%d\n",
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
