package io.headgate;

/** The composition root: builds every part, starts upward, stops downward. */
final class Gateway {
    private Gateway() {}
}
