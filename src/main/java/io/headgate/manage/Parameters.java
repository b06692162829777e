package io.headgate.manage;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of one request, read strictly: one that the page does not know, that is empty or that is said twice is
 * refused. Why: {@code redrive?ruote=crm} would else mean every dead letter there is.
 */
final class Parameters {
    private static final int NUMBER_DIGITS_MAX = 6;

    private final MultiMap said;

    private Parameters(MultiMap said) {
        this.said = said;
    }

    /** Answers a request whose parameters are known. */
    interface Strict {
        void answer(RoutingContext context, Parameters asked) throws BadParameterException;
    }

    /** A page with these parameters and no other, in the address and not in a body; all else is answered 400. */
    static Handler<RoutingContext> strictly(List<String> known, Strict page) {
        return context -> {
            try {
                page.answer(context, of(context, known));
            } catch (BadParameterException e) {
                Problem.send(context, 400, "not a request of this page", e.getMessage());
            }
        };
    }

    private static Parameters of(RoutingContext context, List<String> known) throws BadParameterException {
        MultiMap said = context.queryParams();
        for (String name : said.names()) {
            if (!known.contains(name)) {
                throw new BadParameterException("there is no parameter " + name + " here; "
                        + (known.isEmpty() ? "there is none" : "there is " + String.join(", ", known)));
            }
            if (said.getAll(name).size() > 1) {
                throw new BadParameterException(name + " is said twice");
            }
            if (said.get(name).isEmpty()) {
                throw new BadParameterException(name + " is empty");
            }
        }
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || (length != null && !length.equals("0"))) {
            throw new BadParameterException("parameters stand in the address, behind ?, and not in a body");
        }
        return new Parameters(said);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(said.get(name));
    }

    /** In milliseconds since 1970. */
    long moment(String name, long otherwise) throws BadParameterException {
        String text = said.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new BadParameterException(name + " is a moment such as " + Instant.EPOCH + " (RFC 3339; a + in an"
                    + " address is written %2B), and not " + text);
        }
    }

    /** The same where it must be said. */
    long moment(String name) throws BadParameterException {
        if (!said.contains(name)) {
            throw new BadParameterException("say " + name + "=, a moment such as " + Instant.EPOCH);
        }
        return moment(name, 0);
    }

    int number(String name, int otherwise, int max) throws BadParameterException {
        String text = said.get(name);
        if (text == null) {
            return otherwise;
        }
        boolean number = text.length() <= NUMBER_DIGITS_MAX && text.matches("[0-9]+");
        int value = number ? Integer.parseInt(text) : 0;
        if (value < 1 || value > max) {
            throw new BadParameterException(name + " is a whole number from 1 to " + max);
        }
        return value;
    }

    boolean yes(String name, boolean otherwise) throws BadParameterException {
        String text = said.get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.equals("true") && !text.equals("false")) {
            throw new BadParameterException(name + " is true or false");
        }
        return text.equals("true");
    }

    /** A length of time that must be said. */
    Duration length(String name, Duration max) throws BadParameterException {
        return Lengths.read(text(name).orElse(""), max)
                .orElseThrow(() -> new BadParameterException(
                        "say " + name + "=30m: seconds, minutes, hours or days, " + max.toHours() + "h at most"));
    }
}
