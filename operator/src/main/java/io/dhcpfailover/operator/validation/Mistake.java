package io.dhcpfailover.operator.validation;

import io.dhcpfailover.operator.report.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * Something that an object says wrong.
 *
 * @param reason for programs
 * @param other the object that it does not go with; null where there is none
 * @param message the field, what is wrong with it, and what to do
 */
public record Mistake(MistakeReason reason, @Nullable ObjectKey other, String message) {}
