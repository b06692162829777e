package io.headgate.load;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the crash test does to gateway and Redis in one cycle, at instants that its random numbers choose. */
enum Fault {
    GATEWAY_KILLED,
    REDIS_KILLED,
    BOTH_KILLED,
    REDIS_FROZEN,
    GATEWAY_KILLED_WHILE_REDIS_FROZEN,
    REDIS_KILLED_WHILE_FROZEN,
    GATEWAY_KILLED_WHILE_STARTING,
    /** And stays away for the next cycles. */
    REDIS_KILLED_FOR_LONG;

    static Fault pick(Random random) {
        return values()[random.nextInt(values().length)];
    }

    /** Does it; what it killed is started again at the end, but not waited for. */
    void inflict(Rig rig, Random random) throws IOException, InterruptedException {
        boolean redisWasUp = rig.redisUp();
        switch (this) {
            case GATEWAY_KILLED -> rig.killGateway();
            case REDIS_KILLED -> rig.killRedis();
            case BOTH_KILLED -> killBoth(rig, random);
            case REDIS_FROZEN -> {
                rig.freezeRedis();
                park(random, 100, 2_000);
                rig.thawRedis();
                return;
            }
            case GATEWAY_KILLED_WHILE_REDIS_FROZEN -> {
                rig.freezeRedis();
                park(random, 0, 800);
                rig.killGateway();
                park(random, 0, 200);
                rig.startGateway();
                park(random, 0, 800);
                rig.thawRedis();
                return;
            }
            case REDIS_KILLED_WHILE_FROZEN -> {
                rig.freezeRedis();
                park(random, 0, 800);
                rig.killRedis();
            }
            case GATEWAY_KILLED_WHILE_STARTING -> {
                rig.killGateway();
                rig.startGateway();
                park(random, 0, 1_500);
                rig.killGateway();
            }
            case REDIS_KILLED_FOR_LONG -> {
                rig.killRedis();
                return;
            }
        }
        startAgain(rig, random, redisWasUp);
    }

    private static void killBoth(Rig rig, Random random) throws InterruptedException {
        if (random.nextBoolean()) {
            rig.killGateway();
            park(random, 0, 30);
            rig.killRedis();
        } else {
            rig.killRedis();
            park(random, 0, 300);
            rig.killGateway();
        }
    }

    private static void startAgain(Rig rig, Random random, boolean redis) throws IOException {
        boolean gatewayFirst = random.nextBoolean();
        if (gatewayFirst) {
            park(random, 0, 200);
            rig.startGateway();
        }
        park(random, 0, 600);
        if (redis) {
            rig.startRedis();
        }
        rig.startGateway();
    }

    /** Lets things happen for a random time. */
    static void park(Random random, int fromMillis, int toMillis) {
        long end =
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(fromMillis + random.nextInt(toMillis - fromMillis));
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
