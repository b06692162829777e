-- Brings dead letters of one partition on their way again, each to the route that it was of.
-- KEYS[1] the dead letters; ARGV[1] what the names of routes' streams begin with; ARGV[2] what they end with; then ids
-- Answers how many. A letter is on its route's stream before it is no letter any more.

local n = 0
for i = 3, #ARGV do
  local entry = redis.call('XRANGE', KEYS[1], ARGV[i], ARGV[i])[1]
  if entry then
    local f = {}
    for j = 1, #entry[2], 2 do
      f[entry[2][j]] = entry[2][j + 1]
    end
    redis.call('XADD', ARGV[1] .. f['route'] .. ARGV[2], '*', 'name', f['name'], 'source', f['source'],
      'received', f['received'], 'origin', f['origin'], 'wanted', '1', 'event', f['event'])
    redis.call('XDEL', KEYS[1], ARGV[i])
    n = n + 1
  end
end
return n
