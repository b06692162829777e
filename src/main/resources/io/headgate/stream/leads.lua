-- Tells the last leads of a gateway and answers those of all, by this server's clock, so that theirs need not agree.
-- KEYS[1] a hash: source -> "WHEN ID NAME", WHEN in ms since 1970; ARGV[1] longest ms ahead of this server's clock that
-- a WHEN is believed; ARGV[2] whether to answer; ARGV[3] the leads, in MessagePack, as one flat array: source, age in ms,
-- id, name; and so on. Answers this server's time in ms, then source, value, and so on. The later of two leads stays.

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local l = cmsgpack.unpack(ARGV[3])
for i = 1, #l, 4 do
  local at = now - l[i + 1]
  local known = redis.call('HGET', KEYS[1], l[i])
  local when = known and tonumber(string.match(known, '^%d+'))
  if not when or when < at or when > now + ARGV[1] then
    redis.call('HSET', KEYS[1], l[i], string.format('%.0f %s %s', at, l[i + 2], l[i + 3]))
  end
end
local answer = { string.format('%.0f', now) }
if ARGV[2] == '1' then
  local all = redis.call('HGETALL', KEYS[1])
  for i = 1, #all do
    answer[i + 1] = all[i]
  end
end
return answer
