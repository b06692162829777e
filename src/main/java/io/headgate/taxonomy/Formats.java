package io.headgate.taxonomy;

/** The shapes of formats that are certainly what the library takes; it takes more of them. */
final class Formats {
    private static final int UUID_CHARS = 36;

    /** Hexadecimal digits; a table, for a UUID is in every event. */
    private static final boolean[] HEX = hex();

    private static final int FRACTION_DIGITS_MAX = 9;
    private static final int OFFSET_HOURS_MAX = 14;

    private Formats() {}

    static boolean certainlyUuid(char[] c, int offset, int length) {
        if (length != UUID_CHARS) {
            return false;
        }
        for (int i = 0; i < UUID_CHARS; i++) {
            char ch = c[offset + i];
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? ch != '-' : ch >= HEX.length || !HEX[ch]) {
                return false;
            }
        }
        return true;
    }

    /** {@code 2026-11-20T08:00:00}, up to nine digits of a fraction, {@code Z} or an offset in use today. */
    static boolean certainlyDateTime(char[] c, int offset, int length) {
        if (length < 20
                || c[offset + 4] != '-'
                || c[offset + 7] != '-'
                || c[offset + 10] != 'T'
                || c[offset + 13] != ':'
                || c[offset + 16] != ':') {
            return false;
        }
        int year = two(c, offset) * 100 + two(c, offset + 2);
        int month = two(c, offset + 5);
        int day = two(c, offset + 8);
        // year 0 and leap seconds exist; the library may say what becomes of them
        boolean date =
                year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= days(year, month);
        boolean time = upTo(23, c, offset + 11) && upTo(59, c, offset + 14) && upTo(59, c, offset + 17);
        return date && time && zone(c, offset + 19, offset + length);
    }

    private static boolean zone(char[] c, int from, int end) {
        int i = from;
        if (c[i] == '.') {
            i++;
            while (i < end && c[i] >= '0' && c[i] <= '9') {
                i++;
            }
            int digits = i - from - 1;
            if (digits == 0 || digits > FRACTION_DIGITS_MAX) {
                return false;
            }
        }
        if (end - i == 1) {
            return c[i] == 'Z';
        }
        return end - i == 6
                && (c[i] == '+' || c[i] == '-')
                && upTo(OFFSET_HOURS_MAX, c, i + 1)
                && c[i + 3] == ':'
                && upTo(59, c, i + 4);
    }

    private static int days(int year, int month) {
        if (month == 2) {
            boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            return leap ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    private static boolean upTo(int max, char[] c, int i) {
        int value = two(c, i);
        return value >= 0 && value <= max;
    }

    /** The value of two digits; far below zero if they are none. */
    private static int two(char[] c, int i) {
        int tens = c[i] - '0';
        int ones = c[i + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1_000_000 : tens * 10 + ones;
    }

    private static boolean[] hex() {
        boolean[] hex = new boolean[128];
        for (char digit : "0123456789abcdefABCDEF".toCharArray()) {
            hex[digit] = true;
        }
        return hex;
    }
}
