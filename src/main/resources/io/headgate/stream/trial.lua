-- Tries each command that append.lua writes with, on scratch keys, and leaves nothing. A user who may mark and not
-- unmark could lose events, one who may mark and not append stores none; better to find out before events are taken.
-- KEYS[1] a bucket of the year 1970; KEYS[2] a stream; KEYS[3] if given: the real stream, whose type is looked at
-- Answers the first error; later ones follow from it or say the same.

local failed
local function try(...)
  local answer = redis.pcall(...)
  if not failed and type(answer) == 'table' and answer.err then
    failed = answer
  end
end

-- one entry at most, should it not be let go; an expiry in the past deletes, and needs no right that append.lua lacks
try('XADD', KEYS[2], 'MAXLEN', 1, '*', 'trial', '')
try('PEXPIREAT', KEYS[2], 1)
try('HEXISTS', KEYS[1], 'trial')
try('HSETNX', KEYS[1], 'trial', '')
try('HLEN', KEYS[1])
try('PEXPIREAT', KEYS[1], 32503680000000)
try('HDEL', KEYS[1], 'trial')
if failed then
  return failed
end
if KEYS[3] then
  -- who may not ask for the type is not refused for it
  local found = redis.pcall('TYPE', KEYS[3])
  if found.ok and found.ok ~= 'none' and found.ok ~= 'stream' then
    return redis.error_reply('WRONGTYPE ' .. KEYS[3] .. ' is no stream but a ' .. found.ok)
  end
end
return ''
