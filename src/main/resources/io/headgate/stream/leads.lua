-- Tells the last leads of a gateway and answers those of all, by this server's clock, so that theirs need not agree.
-- KEYS[1] a hash: source -> "WHEN ID NAME", WHEN in ms since 1970; KEYS[2] a sorted set: source by when that was written, in
-- ms since 1970; ARGV[1] longest ms ahead of this server's clock that a WHEN is believed; ARGV[2] what to answer: "all",
-- "none", or only what was written in the last so many ms; ARGV[3] what was not written for so many ms is dropped;
-- ARGV[4] the leads, in MessagePack, as one flat array: source, age in ms, id, name; and so on.
-- Answers this server's time in ms, then source, value, and so on. The later of two leads stays.

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local l = cmsgpack.unpack(ARGV[4])
for i = 1, #l, 4 do
  local at = now - l[i + 1]
  local known = redis.call('HGET', KEYS[1], l[i])
  local when = known and tonumber(string.match(known, '^%d+'))
  if not when or when < at or when > now + ARGV[1] then
    redis.call('HSET', KEYS[1], l[i], string.format('%.0f %s %s', at, l[i + 2], l[i + 3]))
    redis.call('ZADD', KEYS[2], string.format('%.0f', now), l[i])
  end
end

local old = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', string.format('(%.0f', now - ARGV[3]), 'LIMIT', 0, 100)
for i = 1, #old do
  redis.call('HDEL', KEYS[1], old[i])
  redis.call('ZREM', KEYS[2], old[i])
end

local answer = { string.format('%.0f', now) }
if ARGV[2] == 'all' then
  local all = redis.call('HGETALL', KEYS[1])
  for i = 1, #all do
    answer[i + 1] = all[i]
  end
elseif ARGV[2] ~= 'none' then
  local written = redis.call('ZRANGEBYSCORE', KEYS[2], string.format('%.0f', now - ARGV[2]), '+inf')
  for i = 1, #written do
    answer[2 * i] = written[i]
    answer[2 * i + 1] = redis.call('HGET', KEYS[1], written[i]) or ''
  end
end
return answer
