package io.headgate.stream;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** The commands that find out whether Redis takes writes without writing an event, by {@code trial.lua}. */
final class Trial {
    private static final Script SCRIPT = Script.named("trial");

    private Trial() {}

    /** Whether this user may do on a server like this what the append script does. */
    static Request ofServer(Keys keys) {
        return eval(2).arg(keys.trialBucket(0)).arg(keys.trialStream(0));
    }

    /** The same in the slot of a partition, and whether its stream's key holds a stream or nothing. */
    static Request ofPartition(Keys keys, int partition) {
        return eval(3).arg(keys.trialBucket(partition))
                .arg(keys.trialStream(partition))
                .arg(keys.events(partition));
    }

    private static Request eval(int keys) {
        return Request.cmd(Command.EVAL).arg(SCRIPT.text()).arg(keys);
    }
}
