package io.headgate.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, and the only one who ends it. Belongs to its event loop.
 *
 * <pre>
 *   idle --first byte--> receiving --last byte--> answering --answer--> idle
 *                            |                                  |
 *                         deadline: 408                    an answer that ends it
 *                            v                                  v
 *                         lingering  &lt;--------------------------+
 * </pre>
 *
 * <p>Requests may be pipelined, so one can be received while an earlier one is answered; its time counts from its first
 * byte or from that answer, whichever is later, for until then the delay is not the client's.
 *
 * <p>A connection that is to end after an answer lingers: nothing more is sent, what comes is thrown away, until the
 * client closes or {@link #LINGER} is over. Closing at once, with bytes unread, would make the kernel tear down the
 * answer with the connection.
 */
final class Connection {
    /** Longer than the 60 s after which the usual balancers close, so that they close first. */
    static final Duration KEEP_ALIVE = Duration.ofSeconds(75);

    /** A client that takes nothing of its answer for so long is gone. */
    static final Duration ANSWER_TAKEN = Duration.ofSeconds(30);

    static final Duration LINGER = Duration.ofSeconds(2);

    private final Lane lane;
    private final HttpServerConnection http;

    /** Place in its lane's list. */
    int place;

    private boolean receiving;
    private long receivingSince;
    private long requestsBegun;
    private long requestsDispatched;
    private @Nullable Exchange exchange;
    private long idleSince;
    private int answersOnTheWay;
    private long answersMovedAt;
    private boolean ending;
    private boolean lingering;
    private long lingeringSince;

    Connection(Lane lane, HttpServerConnection http) {
        this.lane = lane;
        this.http = http;
        this.idleSince = lane.now();
    }

    /** Takes over from Vert.x's own handlers. To be called before the first byte. */
    void open() {
        http.handler(this::request);
        http.invalidRequestHandler(this::invalid);
        http.channelHandlerContext()
                .pipeline()
                .replace("httpDecoder", "httpDecoder", new RequestDecoder(lane.options(), this));
    }

    /** Bytes have come; the first ones of a request unless one is being received. */
    void bytes() {
        if (!receiving) {
            receiving = true;
            receivingSince = lane.now();
            requestsBegun++;
        }
    }

    /** The request that is being received is whole. */
    void lastByte() {
        receiving = false;
    }

    /** Whether the last answer is given, so that nothing more is read. */
    boolean ends() {
        return ending;
    }

    /** Nothing behind a last answer is taken, not even what came in the same packet: where it begins is uncertain. */
    private void request(HttpServerRequest request) {
        requestsDispatched++;
        if (ending) {
            return;
        }
        Exchange next = new Exchange(lane, this, request, receivingSince);
        exchange = next;
        next.begin(lane.reception());
    }

    private void invalid(HttpServerRequest request) {
        requestsDispatched++;
        refuse(Problem.invalid(request.decoderResult().cause(), Lane.LINE_BYTES_MAX, Lane.HEADER_BYTES_MAX));
    }

    /** Whether the whole request of the exchange under way has come. */
    boolean whole() {
        return !receiving || requestsDispatched < requestsBegun;
    }

    /** The exchange under way is about to be answered; the next may begin while that is done, unless this was the last. */
    void answering(boolean large, boolean last) {
        exchange = null;
        ending |= last;
        long now = lane.now();
        idleSince = now;
        if (whole()) {
            receivingSince = now;
        }
        if (large && answersOnTheWay++ == 0) {
            answersMovedAt = now;
        }
    }

    /** The client has taken a large answer. */
    void answerTaken() {
        answersOnTheWay--;
        answersMovedAt = lane.now();
    }

    /** Sends nothing more and throws away what comes, until the client closes or the time is over. */
    void linger() {
        if (lingering) {
            return;
        }
        lingering = true;
        lingeringSince = lane.now();
        Channel channel = http.channelHandlerContext().channel();
        channel.config().setAutoRead(true);
        ((DuplexChannel) channel).shutdownOutput().addListener(done -> {
            if (!done.isSuccess()) {
                close();
            }
        });
    }

    /** Sends what is written now, for once closed it would be dropped. */
    void flush() {
        http.channelHandlerContext().channel().flush();
    }

    /** Closes at once. From the decoder's place: further up, Vert.x would first wait for the client to take all answers. */
    void close() {
        decoder().close().addListener(done -> {});
    }

    private ChannelHandlerContext decoder() {
        return http.channelHandlerContext().pipeline().context("httpDecoder");
    }

    /** Looks whether some time is over; called a few times a second. */
    void look(long now) {
        if (lingering) {
            if (now - lingeringSince >= LINGER.toNanos()) {
                close();
            }
        } else if (answersOnTheWay > 0 && now - answersMovedAt >= ANSWER_TAKEN.toNanos()) {
            end(AccessMeters.Closed.ANSWER_NOT_TAKEN);
        } else if (receiving && !ending && now - receivingSince >= lane.requestDeadlineNanos()) {
            expire();
        } else if ((ending || !receiving) && exchange == null && now - idleSince >= KEEP_ALIVE.toNanos()) {
            end(AccessMeters.Closed.IDLE);
        }
    }

    private void expire() {
        Exchange current = exchange;
        if (current == null && requestsDispatched == requestsBegun) {
            end(AccessMeters.Closed.DEADLINE);
        } else if (current == null) {
            lane.doorway().meters().closed(AccessMeters.Closed.DEADLINE);
            refuse(Problem.deadline(lane.doorway().settings().requestDeadline()));
        } else if (!whole()) {
            lane.doorway().meters().closed(AccessMeters.Closed.DEADLINE);
            current.refuseAndEnd(Problem.deadline(lane.doorway().settings().requestDeadline()));
        }
    }

    private void end(AccessMeters.Closed why) {
        lane.doorway().meters().closed(why);
        close();
    }

    /**
     * Answers a request that never became one, past Vert.x's encoder, and lingers. It may have been for events, so it
     * varies by origin as their answers do; for whom it was is not known, so no page may read it.
     */
    private void refuse(Problem problem) {
        if (ending) {
            return;
        }
        ending = true;
        lane.doorway().meters().ended(problem.reason());
        byte[] json = problem.json();
        String head = "HTTP/1.1 " + HttpResponseStatus.valueOf(problem.reason().status())
                + "\r\ncontent-type: application/problem+json\r\ncontent-length: " + json.length
                + "\r\ncache-control: no-store\r\nx-content-type-options: nosniff\r\nvary: Origin"
                + "\r\nconnection: close\r\n\r\n";
        decoder()
                .writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), json))
                .addListener(ignored -> linger());
    }
}
