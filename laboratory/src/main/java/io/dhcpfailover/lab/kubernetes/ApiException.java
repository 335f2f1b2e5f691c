package io.dhcpfailover.lab.kubernetes;

import java.util.List;

/** What the API answers where it does not do what it is asked. */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;

    private ApiException(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    static ApiException notFound(Kind kind, String name) {
        return new ApiException(404, "NotFound", kind.qualified() + " \"" + name + "\" not found");
    }

    static ApiException noSuchPath() {
        return new ApiException(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiException alreadyExists(Kind kind, String name) {
        return new ApiException(409, "AlreadyExists", kind.qualified() + " \"" + name + "\" already exists");
    }

    static ApiException conflict(Kind kind, String name) {
        return new ApiException(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + kind.qualified() + " \"" + name
                        + "\": the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiException expired(long version) {
        return new ApiException(410, "Expired", "too old resource version: " + version);
    }

    static ApiException badRequest(String message) {
        return new ApiException(400, "BadRequest", message);
    }

    static ApiException unsupported(String type) {
        return new ApiException(
                415, "UnsupportedMediaType", "the body of the request was in an unknown format: " + type);
    }

    static ApiException notAllowed() {
        return new ApiException(
                405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    static ApiException invalid(Kind kind, String name, List<String> problems) {
        return new ApiException(
                422,
                "Invalid",
                kind.kind() + "." + kind.group() + " \"" + name + "\" is invalid: "
                        + (problems.size() == 1 ? problems.getFirst() : problems.toString()));
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
