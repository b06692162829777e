/**
 * The management port: metrics, status, operations.
 *
 * <p>Promise: shows what is, and changes something only for an operator. Refuses: to keep state of its own.
 */
@NullMarked
package io.headgate.manage;

import org.jspecify.annotations.NullMarked;
