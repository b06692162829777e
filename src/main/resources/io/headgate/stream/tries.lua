-- Counts a failure of each of these entries. KEYS[1] how often each has failed; ARGV the ids.
for i = 1, #ARGV do
  redis.call('HINCRBY', KEYS[1], ARGV[i], 1)
end
return #ARGV
