-- Adds rejected events to the quarantine.
-- KEYS[1] the stream; ARGV[1] entries kept, roughly; ARGV[2] the entries, in MessagePack, as one flat array:
-- source, received, reason, event; and so on. Raises what Redis refuses.

local e = cmsgpack.unpack(ARGV[2])
for i = 1, #e, 4 do
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*',
    'source', e[i], 'received', e[i + 1], 'reason', e[i + 2], 'event', e[i + 3])
end
return ''
