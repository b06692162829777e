package io.headgate.process;

import io.headgate.stream.Input;

/**
 * An event that waits to be tried again: where its entry is found, for the entry itself is not kept in memory.
 *
 * @param failed how often its delivery has failed while its destination took others
 * @param session its session; empty where that is not known yet
 */
record Ref(Input input, String id, int failed, String session) {}
