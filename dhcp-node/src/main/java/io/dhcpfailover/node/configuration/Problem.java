package io.dhcpfailover.node.configuration;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong in the manifests.
 *
 * @param file its name in the folder; null for what concerns the folder as a whole
 * @param object the kind and name of the object; null where the file as a whole is meant
 * @param message the field, what is wrong with it, and what to do
 */
public record Problem(@Nullable String file, @Nullable String object, String message) {

    /** One line. */
    @Override
    public String toString() {
        return (file == null ? "" : file + ": ") + (object == null ? "" : object + ": ") + message;
    }
}
