package io.dhcpfailover.node.manage;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Failures in words: those of files have no more than a name for a message. */
final class Words {

    private Words() {}

    static String of(Exception failure) {
        return switch (failure) {
            case AccessDeniedException e -> e.getFile() + ": this user may not read or write it";
            case FileAlreadyExistsException e -> e.getFile() + " exists and is no folder";
            case NoSuchFileException e -> e.getFile() + " does not exist";
            case FileSystemException e when e.getReason() == null -> e.getFile() + ": " + e;
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }
}
