-- Acknowledges entries of one partition for a group, and keeps the route's books of what became of them, in one step.
-- KEYS[1] the stream; KEYS[2] the route's books; KEYS[3] how often each entry has failed; KEYS[4] the dead letters
-- ARGV[1] group; ARGV[2] 1: an acknowledged entry is deleted, for nobody else reads this stream
-- ARGV[3] in MessagePack, as one flat array: n, then n ids that were delivered; n, then n that the route does not want; n,
--         then n that are gone from the stream; then of each dead letter: id, number of fields and values, these.
-- Answers {delivered, filtered, gone, dead, acknowledged before by somebody, why dead letters were not kept or ''}.
--
-- A dead letter is written before its entry is acknowledged, and taken back when the entry was acknowledged already. Of
-- the counts only those are raised whose entry this call has acknowledged, so acknowledged = delivered + filtered + gone + dead.
-- A full Redis refuses a script's first write if that takes memory, and none after it: so one that takes none comes first,
-- and a dead letter is kept even then. It would keep all behind it from being trimmed for ever.

local pcall = redis.pcall
local a = cmsgpack.unpack(ARGV[3])
local ends = { 'delivered', 'filtered', 'gone' }
local counts = { 0, 0, 0, 0 }
local before = 0
local at = 1

local function acknowledge(id)
  if redis.call('XACK', KEYS[1], ARGV[1], id) == 0 then
    return false
  end
  if ARGV[2] == '1' then
    redis.call('XDEL', KEYS[1], id)
  end
  return true
end

for kind = 1, 3 do
  local n = a[at]
  if n > 0 then
    local failed = redis.call('EXISTS', KEYS[3]) == 1
    for i = at + 1, at + n do
      if acknowledge(a[i]) then
        counts[kind] = counts[kind] + 1
      else
        before = before + 1
      end
      if failed then
        redis.call('HDEL', KEYS[3], a[i])
      end
    end
  end
  at = at + n + 1
end

local why = ''
if at < #a then
  redis.call('HDEL', KEYS[3], '')
end
while at < #a and why == '' do
  local id, n = a[at], a[at + 1]
  local letter = pcall('XADD', KEYS[4], '*', unpack(a, at + 2, at + 1 + n))
  if type(letter) == 'table' then
    why = letter.err
  elseif acknowledge(id) then
    counts[4] = counts[4] + 1
    redis.call('HDEL', KEYS[3], id)
  else
    redis.call('XDEL', KEYS[4], letter)
    before = before + 1
  end
  at = at + 2 + n
end

local acknowledged = counts[1] + counts[2] + counts[3] + counts[4]
if acknowledged > 0 then
  pcall('HINCRBY', KEYS[2], ARGV[2] == '1' and 'again' or 'acknowledged', acknowledged)
  for kind = 1, 3 do
    if counts[kind] > 0 then
      pcall('HINCRBY', KEYS[2], ends[kind], counts[kind])
    end
  end
  if counts[4] > 0 then
    pcall('HINCRBY', KEYS[2], 'dead', counts[4])
  end
end
if before > 0 then
  pcall('HINCRBY', KEYS[2], 'repeated', before)
end
return { counts[1], counts[2], counts[3], counts[4], before, why }
