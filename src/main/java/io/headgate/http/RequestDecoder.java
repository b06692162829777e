package io.headgate.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * Vert.x's own decoder, which also tells its connection of the first and of the last byte of each request. Belongs to one
 * connection and its event loop.
 *
 * <p>Only the decoder knows both: a request's first byte may lie behind the last of another in the same packet, and a
 * client that sends its headers slowly is not seen by anything above. It takes the decoder's place in the pipeline; that
 * Vert.x lets it is held by the tests of deadlines.
 */
final class RequestDecoder extends VertxHttpRequestDecoder {
    private final Connection connection;

    RequestDecoder(HttpServerOptions options, Connection connection) {
        super(options);
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        if (connection.ends()) {
            ReferenceCountUtil.release(bytes);
        } else {
            super.channelRead(context, bytes);
        }
    }

    /** Called with at least one byte, as long as there are any. */
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
        connection.bytes();
        super.decode(context, bytes, out);
        int n = out.size();
        if (n > 0 && out.get(n - 1) instanceof LastHttpContent) {
            connection.lastByte();
        }
    }
}
