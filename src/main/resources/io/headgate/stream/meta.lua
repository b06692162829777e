-- Writes the layout of the data if there is none, and answers the one in force.
-- KEYS[1] the hash; ARGV field, value, field, value, ... in a fixed order
-- Answers the values in force, in the order of ARGV, an empty string for a field that is missing.

if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('HSET', KEYS[1], unpack(ARGV))
end
local inForce = {}
for i = 1, #ARGV, 2 do
  inForce[#inForce + 1] = redis.call('HGET', KEYS[1], ARGV[i]) or ''
end
return inForce
