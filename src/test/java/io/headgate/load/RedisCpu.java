package io.headgate.load;

import io.headgate.RealRedis;
import java.util.Map;
import java.util.stream.Collectors;

/** What a Redis server tells of its own use of the machine. */
final class RedisCpu {
    private RedisCpu() {}

    /** CPU time of its own and of the kernel for it, in seconds since it started. */
    static double seconds(RealRedis redis) {
        Map<String, String> fields = info(redis, "cpu");
        return Double.parseDouble(fields.get("used_cpu_user")) + Double.parseDouble(fields.get("used_cpu_sys"));
    }

    /** Bytes that it has allocated. */
    static long memory(RealRedis redis) {
        return Long.parseLong(info(redis, "memory").get("used_memory"));
    }

    private static Map<String, String> info(RealRedis redis, String section) {
        return ((String) redis.command("INFO", section))
                .lines()
                .filter(line -> line.contains(":"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip()));
    }
}
