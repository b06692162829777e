package io.headgate.alert;

/** How fast somebody must act. */
public enum Priority {
    /** At once, at any hour: leads are being lost, or may be. */
    P0,
    /** Soon: what protects the leads is weakened. */
    P1
}
