-- Makes a route's group on one partition, where it is not there yet.
-- KEYS[1] the stream; KEYS[2] the route's books; KEYS[3] the stream's facts; KEYS[4] the route's again-stream
-- ARGV[1] group; ARGV[2] 0 to begin with the oldest entry, $ with the next to come
-- Answers 1 when it was made, 0 when it was there. A group that somebody removed begins with books of its own.

local function create(stream, from)
  local made = redis.pcall('XGROUP', 'CREATE', stream, ARGV[1], from, 'MKSTREAM')
  if made.err then
    if string.find(made.err, 'BUSYGROUP', 1, true) then
      return 0
    end
    error(made.err)
  end
  return 1
end

-- a write that takes no memory comes first, for a full Redis then refuses none after it
redis.call('HDEL', KEYS[2], '')
create(KEYS[4], '0')
local made = create(KEYS[1], ARGV[2])
if made == 1 then
  local before = tonumber(redis.call('HGET', KEYS[3], 'trimmed') or '0')
  if ARGV[2] == '$' then
    before = before + redis.call('XLEN', KEYS[1])
  end
  redis.call('DEL', KEYS[2])
  redis.call('HSET', KEYS[2], 'base', string.format('%.0f', before))
end
return made
