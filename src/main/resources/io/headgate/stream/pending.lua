-- What a group was given and has not acknowledged, in order, a page at a time.
-- KEYS[1] the stream; KEYS[2] how often each of its entries has failed; ARGV[1] group; ARGV[2] from which id on; ARGV[3] how many
-- Answers a flat array: id, times it was handed out, times it failed; and so on. Where the group is gone the error of Redis
-- itself, which begins with NOGROUP: raised from a script it would begin otherwise before Redis 7.

local page = redis.pcall('XPENDING', KEYS[1], ARGV[1], ARGV[2], '+', ARGV[3])
if page.err then
  return page
end
local answer = {}
for i = 1, #page do
  local n = #answer
  answer[n + 1] = page[i][1]
  answer[n + 2] = page[i][4]
  answer[n + 3] = tonumber(redis.call('HGET', KEYS[2], page[i][1]) or '0')
end
return answer
