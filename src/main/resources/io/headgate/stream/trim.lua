-- Trims one partition's stream: only what every group has acknowledged, whoever made it, and only what is old enough.
-- KEYS[1] the stream; KEYS[2] the stream's facts; ARGV[1] how old in ms; ARGV[2] entries at most
-- Answers {entries trimmed, the group that kept more from being trimmed or ''}. Without a group nothing is trimmed.

local function parse(id)
  local ms, n = string.match(id, '^(%d+)-(%d+)$')
  return { tonumber(ms), tonumber(n) }
end

local function less(a, b)
  return a[1] < b[1] or (a[1] == b[1] and a[2] < b[2])
end

if redis.call('EXISTS', KEYS[1]) == 0 then
  return { 0, '' }
end
local t = redis.call('TIME')
local bound = { t[1] * 1000 + math.floor(t[2] / 1000) - ARGV[1], 0 }
local holder = ''
local groups = redis.call('XINFO', 'GROUPS', KEYS[1])
if #groups == 0 then
  return { 0, '' }
end
for i = 1, #groups do
  local g = {}
  for j = 1, #groups[i], 2 do
    g[groups[i][j]] = groups[i][j + 1]
  end
  local needs
  if g['pending'] > 0 then
    needs = parse(redis.call('XPENDING', KEYS[1], g['name'])[2])
  else
    needs = parse(g['last-delivered-id'])
    needs[2] = needs[2] + 1
  end
  if less(needs, bound) then
    bound = needs
    holder = g['name']
  end
end
local id = string.format('%.0f-%.0f', bound[1], bound[2])
local trimmed = redis.call('XTRIM', KEYS[1], 'MINID', '~', id, 'LIMIT', ARGV[2])
if trimmed > 0 then
  redis.call('HINCRBY', KEYS[2], 'trimmed', trimmed)
end
return { trimmed, holder }
