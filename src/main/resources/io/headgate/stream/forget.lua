-- Removes consumers from a group that have nothing pending and have not been here for long, where another was here since.
-- KEYS[1] the stream; ARGV[1] group; ARGV[2] for how many ms. Answers how many. A group that nobody reads keeps its
-- consumers, for they tell since when nobody does.

local present = false
local gone = {}
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local c = {}
  for j = 1, #consumer, 2 do
    c[consumer[j]] = consumer[j + 1]
  end
  if c['idle'] < tonumber(ARGV[2]) then
    present = true
  elseif c['pending'] == 0 then
    gone[#gone + 1] = c['name']
  end
end
if not present then
  return 0
end
for i = 1, #gone do
  redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], gone[i])
end
return #gone
