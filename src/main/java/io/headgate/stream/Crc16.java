package io.headgate.stream;

import java.nio.charset.StandardCharsets;

/** CRC16/XMODEM (polynomial 0x1021, start 0), as Redis Cluster uses it. */
final class Crc16 {
    private static final int[] TABLE = table();

    private Crc16() {}

    /** Of the text in UTF-8, 0 to 65,535. */
    static int of(String text) {
        int crc = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return of(text.getBytes(StandardCharsets.UTF_8));
            }
            crc = next(crc, c);
        }
        return crc;
    }

    static int of(byte[] bytes) {
        int crc = 0;
        for (byte b : bytes) {
            crc = next(crc, b & 0xff);
        }
        return crc;
    }

    private static int next(int crc, int value) {
        return ((crc << 8) & 0xffff) ^ TABLE[(crc >>> 8) ^ value];
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021;
            }
            table[i] = crc & 0xffff;
        }
        return table;
    }
}
