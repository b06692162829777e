package io.headgate.manage;

import io.vertx.ext.web.Router;

/** One part of what the management port offers. Everything of it stands behind the port's guard. */
public interface Page {
    /** Says which requests it answers. Called once, before the port is opened. */
    void routes(Router router);
}
