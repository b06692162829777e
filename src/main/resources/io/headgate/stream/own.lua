-- Who reads a partition for a route. KEYS[1] the owner's name, kept for so long; ARGV[1] who asks; ARGV[2] for how many ms it
-- asks, 0 to give it up. Answers 1 when it is the asker's now; 0 when it is somebody else's, or was given up.
-- Deletes before it sets: a full Redis refuses a script's first write if that takes memory, and none after it. Whoever
-- takes events off must be able to go on, for nothing else makes room.

local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then
  return 0
end
redis.call('DEL', KEYS[1])
if ARGV[2] == '0' then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
