-- Who shares the work of which group. KEYS[1] members "GROUP PROCESS" by when they were last here, in ms since 1970 by this
-- server's clock. ARGV[1] who asks; ARGV[2] after how many ms of silence somebody is gone; ARGV[3] 1: the asker stays, 0: it
-- leaves; then the groups that it works for. Answers the members that are here, in order.

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('(%.0f', now - ARGV[2]))
for i = 4, #ARGV do
  local member = ARGV[i] .. ' ' .. ARGV[1]
  if ARGV[3] == '1' then
    redis.call('ZADD', KEYS[1], string.format('%.0f', now), member)
  else
    redis.call('ZREM', KEYS[1], member)
  end
end
local members = redis.call('ZRANGE', KEYS[1], 0, -1)
table.sort(members)
return members
