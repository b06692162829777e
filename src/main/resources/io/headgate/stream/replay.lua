-- Copies entries of one partition's stream to a route's again-stream.
-- KEYS[1] the stream; KEYS[2] the route's again-stream; ARGV[1] from which id on; ARGV[2] to which; ARGV[3] how many;
-- ARGV[4] 1: copies, 0: only counts
-- Answers {entries, id of the last or ''}.

local entries = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[2], 'COUNT', ARGV[3])
local last = ''
for i = 1, #entries do
  last = entries[i][1]
  if ARGV[4] == '1' then
    local fields = entries[i][2]
    fields[#fields + 1] = 'origin'
    fields[#fields + 1] = last
    redis.call('XADD', KEYS[2], '*', unpack(fields))
  end
end
return { #entries, last }
