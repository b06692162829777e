package io.headgate.stream;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;

/** Calls scripts on a side link: by their name, and with their text where Redis has lost them. */
final class ScriptCalls {
    private final SideLink link;

    ScriptCalls(SideLink link) {
        this.link = link;
    }

    /** Fails when there is no answer before the link's deadline: it may have run then. */
    Future<Response> call(Script script, List<String> keys, Object... arguments) {
        return link.ask(request(Command.EVALSHA, script.sha(), keys, arguments))
                .recover(fault -> ErrorReply.isReply(fault)
                                && String.valueOf(fault.getMessage()).startsWith("NOSCRIPT")
                        ? link.ask(request(Command.EVAL, script.text(), keys, arguments))
                        : Future.failedFuture(fault));
    }

    private static Request request(Command command, String script, List<String> keys, Object... arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        for (Object argument : arguments) {
            if (argument instanceof byte[] bytes) {
                request.arg(bytes);
            } else {
                request.arg(argument.toString());
            }
        }
        return request;
    }
}
