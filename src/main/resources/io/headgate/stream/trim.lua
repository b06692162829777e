-- Trims one partition's stream: only what every group has acknowledged, whoever made it, and only what is old enough.
-- KEYS[1] the stream; KEYS[2] the stream's facts; ARGV[1] how old in ms; ARGV[2] entries at most
-- Answers {entries trimmed, the group that kept more from being trimmed or ''}. Without a group nothing is trimmed.

-- Ids are compared as texts, by their length first: a number of Lua holds no more than 53 bits, and these have 64.
local function less(a, b)
  local ms, n = string.match(a, '^(%d+)-(%d+)$')
  local otherMs, otherN = string.match(b, '^(%d+)-(%d+)$')
  if ms == otherMs then
    ms, otherMs = n, otherN
  end
  if #ms ~= #otherMs then
    return #ms < #otherMs
  end
  return ms < otherMs
end

local function lastId()
  local stream = redis.call('XINFO', 'STREAM', KEYS[1])
  for i = 1, #stream, 2 do
    if stream[i] == 'last-generated-id' then
      return stream[i + 1]
    end
  end
end

if redis.call('EXISTS', KEYS[1]) == 0 then
  return { 0, '' }
end
local t = redis.call('TIME')
local bound = string.format('%.0f-0', math.max(0, t[1] * 1000 + math.floor(t[2] / 1000) - ARGV[1]))
local holder = ''
local last = lastId()
local groups = redis.call('XINFO', 'GROUPS', KEYS[1])
if #groups == 0 then
  return { 0, '' }
end
for i = 1, #groups do
  local g = {}
  for j = 1, #groups[i], 2 do
    g[groups[i][j]] = groups[i][j + 1]
  end
  -- the oldest that it was given and has not acknowledged, else the last that it was given: that one stays, for the least
  -- id after it cannot be told in all cases
  local needs = g['last-delivered-id']
  local through = needs == last
  if g['pending'] > 0 then
    needs = redis.call('XPENDING', KEYS[1], g['name'])[2]
    through = false
  end
  if not through and less(needs, bound) then
    bound = needs
    holder = g['name']
  end
end
local trimmed = redis.call('XTRIM', KEYS[1], 'MINID', '~', bound, 'LIMIT', ARGV[2])
if trimmed > 0 then
  redis.call('HINCRBY', KEYS[2], 'trimmed', trimmed)
end
return { trimmed, holder }
