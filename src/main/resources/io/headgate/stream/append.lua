-- Checks, marks and appends the events of one call, in order, for one partition.
--
-- KEYS[1]  the stream                     ARGV[2]  dedupe window in milliseconds
-- ARGV[1]  what buckets' names begin with ARGV[3]  the events, in MessagePack, as one flat array:
--          source, received, n, then n times: bucket, id, name, event; and so on
--
-- Answers an empty string when every event was appended; else a character for each: s stored, d duplicate.
-- When Redis refuses a write it stops there and answers {characters of the events before, the error}:
-- that event and those after it were not stored.
--
-- No failure leaves an id marked whose event is not on the stream. A script has no rollback, so the mark is set
-- first (which is check and mark in one), and taken back if the append fails. Nothing that writes may raise: pcall
-- everywhere. Redis stops between the two writes only by dying, and then its append-only file, which holds a
-- script's writes as one transaction, has neither. HDEL takes no memory, so a full Redis does not refuse it.

local pcall = redis.pcall
local stream = KEYS[1]
local window = tonumber(ARGV[2])
local e = cmsgpack.unpack(ARGV[3])

local now = redis.call('TIME')
local slice = math.floor((now[1] * 1000 + math.floor(now[2] / 1000)) / window)
local seen = string.format('%s%.0f:', ARGV[1], slice)
local before = string.format('%s%.0f:', ARGV[1], slice - 1)
local expiry = string.format('%.0f', (slice + 2) * window)

local verdicts = {}
local n = 0
local repeated = false
local i = 1
while i <= #e do
  local source, received = e[i], e[i + 1]
  local last = i + 2 + e[i + 2] * 4
  for j = i + 3, last, 4 do
    local bucket, id = seen .. e[j], e[j + 1]
    n = n + 1
    local found = pcall('HEXISTS', before .. e[j], id)
    local marked = 0
    if found == 0 then
      marked = pcall('HSETNX', bucket, id, '')
    end
    if marked == 1 then
      -- a new bucket gets its expiry before anything can go wrong; the same moment whoever sets it
      if pcall('HLEN', bucket) == 1 then
        pcall('PEXPIREAT', bucket, expiry)
      end
      local entry = pcall('XADD', stream, '*',
        'name', e[j + 2], 'source', source, 'received', received, 'event', e[j + 3])
      if type(entry) == 'table' then
        pcall('HDEL', bucket, id)
        return {table.concat(verdicts), entry.err}
      end
      verdicts[n] = 's'
    elseif type(found) == 'table' then
      return {table.concat(verdicts), found.err}
    elseif type(marked) == 'table' then
      return {table.concat(verdicts), marked.err}
    else
      verdicts[n] = 'd'
      repeated = true
    end
  end
  i = last + 1
end
if repeated then
  return table.concat(verdicts)
end
return ''
