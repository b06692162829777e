-- How one partition's stream and its groups stand. KEYS[1] the stream; KEYS[2] the stream's facts; ARGV[1] what the names
-- of routes' books begin with; ARGV[2] what a route's group's name begins with
-- Answers {now in ms, entries ever added, entries, [name, pending, ms since anybody read, id of the oldest entry that is
-- not acknowledged or '', lag or -1, the route's books as a flat array or empty], ...}.

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local answer = { string.format('%.0f', now), 0, 0 }
if redis.call('EXISTS', KEYS[1]) == 0 then
  return answer
end
local length = redis.call('XLEN', KEYS[1])
answer[2] = length + tonumber(redis.call('HGET', KEYS[2], 'trimmed') or '0')
answer[3] = length
local groups = redis.call('XINFO', 'GROUPS', KEYS[1])
for i = 1, #groups do
  local g = {}
  for j = 1, #groups[i], 2 do
    g[groups[i][j]] = groups[i][j + 1]
  end
  local idle = -1
  for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], g['name'])) do
    for j = 1, #consumer, 2 do
      if consumer[j] == 'idle' and (idle < 0 or consumer[j + 1] < idle) then
        idle = consumer[j + 1]
      end
    end
  end
  local oldest = ''
  if g['pending'] > 0 then
    oldest = redis.call('XPENDING', KEYS[1], g['name'])[2]
  else
    local following = redis.call('XRANGE', KEYS[1], '(' .. g['last-delivered-id'], '+', 'COUNT', 1)
    if following[1] then
      oldest = following[1][1]
    end
  end
  local books = {}
  if string.sub(g['name'], 1, #ARGV[2]) == ARGV[2] then
    books = redis.call('HGETALL', ARGV[1] .. g['name'])
  end
  answer[#answer + 1] = { g['name'], g['pending'], idle, oldest, tonumber(g['lag'] or -1) or -1, books }
end
return answer
