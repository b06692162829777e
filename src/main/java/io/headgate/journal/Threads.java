package io.headgate.journal;

/** The journal's threads: they do not keep the process alive, and nobody interrupts them. */
final class Threads {
    private Threads() {}

    static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
