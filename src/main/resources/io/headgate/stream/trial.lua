-- Tries each command that append.lua takes a mark back with, on a bucket of the year 1970, and leaves nothing.
-- A user who may mark and not unmark could lose events; better to find out at the start.
-- KEYS[1] the bucket. Raises what Redis refuses.

redis.call('HEXISTS', KEYS[1], 'trial')
redis.call('HSETNX', KEYS[1], 'trial', '')
redis.call('HLEN', KEYS[1])
redis.call('PEXPIREAT', KEYS[1], 32503680000000)
redis.call('HDEL', KEYS[1], 'trial')
return ''
