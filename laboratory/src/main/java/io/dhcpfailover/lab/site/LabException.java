package io.dhcpfailover.lab.site;

/** Why a laboratory cannot be, in a sentence for a person. */
public final class LabException extends Exception {

    private static final long serialVersionUID = 1;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
