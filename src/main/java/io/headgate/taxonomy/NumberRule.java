package io.headgate.taxonomy;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a number must be to be certainly valid. Comparisons are exact, or there is no certainty. */
final class NumberRule {
    private static final int LONG_CHARS_MAX = 18;
    private static final int DECIMAL_CHARS_MAX = 32;
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    /** One end of a range. */
    record Bound(BigDecimal value, boolean exclusive) {
        /** The tighter of two lower bounds. */
        static Bound higher(@Nullable Bound a, Bound b) {
            return a == null || tighter(b, a, 1) ? b : a;
        }

        /** The tighter of two upper bounds. */
        static Bound lower(@Nullable Bound a, Bound b) {
            return a == null || tighter(b, a, -1) ? b : a;
        }

        private static boolean tighter(Bound a, Bound than, int sign) {
            int order = a.value.compareTo(than.value) * sign;
            return order > 0 || (order == 0 && a.exclusive);
        }
    }

    private final @Nullable Bound lower;
    private final @Nullable Bound upper;
    private final long longMin;
    private final long longMax;
    private final long @Nullable [] choices;

    NumberRule(@Nullable Bound lower, @Nullable Bound upper, @Nullable Set<Long> choices) {
        this.lower = lower;
        this.upper = upper;
        this.longMin = lower == null ? Long.MIN_VALUE : clamp(leastInteger(lower));
        this.longMax = upper == null ? Long.MAX_VALUE : clamp(greatestInteger(upper));
        this.choices = choices == null
                ? null
                : choices.stream().mapToLong(Long::longValue).toArray();
    }

    /** Whether the integer that the parser stands on is certainly valid. */
    boolean acceptsInt(JsonParser parser) throws IOException {
        if (parser.getTextLength() > LONG_CHARS_MAX) {
            return false;
        }
        long value = parser.getLongValue();
        return value >= longMin && value <= longMax && (choices == null || isChoice(choices, value));
    }

    /** Whether the float that the parser stands on is certainly valid. Never asked where there are choices. */
    boolean acceptsFloat(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length > DECIMAL_CHARS_MAX) {
            return false;
        }
        BigDecimal value = new BigDecimal(parser.getTextCharacters(), parser.getTextOffset(), length);
        return (lower == null || beyond(value.compareTo(lower.value), lower.exclusive))
                && (upper == null || beyond(upper.value.compareTo(value), upper.exclusive));
    }

    private static boolean beyond(int order, boolean exclusive) {
        return exclusive ? order > 0 : order >= 0;
    }

    private static boolean isChoice(long[] choices, long value) {
        for (long choice : choices) {
            if (choice == value) {
                return true;
            }
        }
        return false;
    }

    private static BigInteger leastInteger(Bound bound) {
        BigDecimal whole = bound.value.setScale(0, RoundingMode.CEILING);
        boolean next = bound.exclusive && whole.compareTo(bound.value) == 0;
        return next ? whole.toBigInteger().add(BigInteger.ONE) : whole.toBigInteger();
    }

    private static BigInteger greatestInteger(Bound bound) {
        BigDecimal whole = bound.value.setScale(0, RoundingMode.FLOOR);
        boolean next = bound.exclusive && whole.compareTo(bound.value) == 0;
        return next ? whole.toBigInteger().subtract(BigInteger.ONE) : whole.toBigInteger();
    }

    /** No integer of at most eighteen characters comes near the ends of a long, so those are as good as anything beyond. */
    private static long clamp(BigInteger value) {
        return value.max(LONG_MIN).min(LONG_MAX).longValueExact();
    }
}
