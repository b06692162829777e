package io.headgate.loadtest;

import io.vertx.redis.client.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The entries of one stream from one on, read in pages, so that memory does not depend on their number. */
final class Entries {
    private static final String PAGE = "1000";
    private static final String NONE = "0-0";

    private Entries() {}

    /** Is shown one entry after the other, in order. */
    interface Reader {
        void entry(String id, Fields fields) throws IOException;
    }

    /** An entry's fields. */
    record Fields(Response response) {
        /** The field's bytes; throws where there is none. */
        byte[] bytes(String name) throws IOException {
            for (int i = 0; i + 1 < response.size(); i += 2) {
                if (response.get(i).toString().equals(name)) {
                    return response.get(i + 1).toBytes();
                }
            }
            throw new IOException("an entry without the field " + name);
        }

        String text(String name) throws IOException {
            return new String(bytes(name), StandardCharsets.UTF_8);
        }
    }

    /** The id of the newest entry; {@code 0-0} where there is none. */
    static String newest(GatewayAt gateway, String stream) throws IOException {
        Response newest = gateway.redis("XREVRANGE", stream, "+", "-", "COUNT", "1");
        return newest.size() == 0 ? NONE : newest.get(0).get(0).toString();
    }

    /** All entries behind this one; their number. */
    static long read(GatewayAt gateway, String stream, String behind, Reader reader) throws IOException {
        long entries = 0;
        String last = behind;
        Response page = page(gateway, stream, last);
        while (page.size() > 0) {
            for (Response entry : page) {
                last = entry.get(0).toString();
                reader.entry(last, new Fields(entry.get(1)));
                entries++;
            }
            page = page(gateway, stream, last);
        }
        return entries;
    }

    private static Response page(GatewayAt gateway, String stream, String behind) throws IOException {
        return gateway.redis("XRANGE", stream, "(" + behind, "+", "COUNT", PAGE);
    }
}
