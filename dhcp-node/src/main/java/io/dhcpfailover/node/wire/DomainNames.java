package io.dhcpfailover.node.wire;

import io.dhcpfailover.api.value.DomainName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Domain names as RFC 1035, section 3.1 writes them, several one after the other; pointers (section 4.1.4) are read
 * within the option, as RFC 3397 allows, and never written.
 */
final class DomainNames {

    /** More names than any search list has; with it and the next, reading takes bounded time. */
    private static final int NAMES_MAX = 64;

    /** More pointers than a name that is written by any rule needs. */
    private static final int POINTERS_MAX = 16;

    private static final int LABEL_LENGTH_MAX = 63;
    private static final int POINTER = 0xC0;

    /** Longest name in octets, its lengths included (RFC 1035, section 2.3.4). */
    private static final int NAME_LENGTH_MAX = 255;

    static final OptionType<List<DomainName>> TYPE =
            new OptionType<>(octets -> decode(octets, POINTERS_MAX), DomainNames::encode);

    private DomainNames() {}

    static byte[] encode(List<DomainName> names) {
        byte[] octets = new byte[names.stream().mapToInt(DomainNames::length).sum()];
        int place = 0;
        for (DomainName name : names) {
            for (String label : labels(name)) {
                byte[] characters = label.getBytes(StandardCharsets.US_ASCII);
                octets[place++] = (byte) characters.length;
                System.arraycopy(characters, 0, octets, place, characters.length);
                place += characters.length;
            }
            octets[place++] = 0;
        }
        return octets;
    }

    private static int length(DomainName name) {
        int length = 1;
        for (String label : labels(name)) {
            length += 1 + label.length();
        }
        return length;
    }

    private static List<String> labels(DomainName name) {
        List<String> labels = new ArrayList<>();
        String text = name.text();
        for (int start = 0; start < text.length(); ) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            labels.add(text.substring(start, end));
            start = end + 1;
        }
        return labels;
    }

    /** The one name that the octets are, without pointers; null where they are anything else. */
    static @Nullable DomainName decodeOne(byte[] octets) {
        List<DomainName> names = decode(octets, 0);
        return names == null || names.size() != 1 ? null : names.getFirst();
    }

    private static @Nullable List<DomainName> decode(byte[] octets, int pointersMax) {
        List<DomainName> names = new ArrayList<>();
        for (int place = 0; place < octets.length; ) {
            DomainName name = names.size() < NAMES_MAX ? name(octets, place, pointersMax) : null;
            if (name == null) {
                return null;
            }
            names.add(name);
            place = endOf(octets, place);
        }
        return names.isEmpty() ? null : List.copyOf(names);
    }

    /** The name that starts here; null where the octets are none. */
    private static @Nullable DomainName name(byte[] octets, int start, int pointersMax) {
        StringBuilder text = new StringBuilder();
        int pointers = 0;
        int place = start;
        while (place < octets.length) {
            int length = octets[place] & 0xFF;
            if (length == 0) {
                return domainName(text);
            }
            if ((length & POINTER) == POINTER) {
                if (place + 1 >= octets.length || ++pointers > pointersMax) {
                    return null;
                }
                int target = ((length & ~POINTER) << 8) | (octets[place + 1] & 0xFF);
                // Backwards only, so that there is an end.
                if (target >= place) {
                    return null;
                }
                place = target;
                continue;
            }
            int end = place + 1 + length;
            if (length > LABEL_LENGTH_MAX || end > octets.length || text.length() + length >= NAME_LENGTH_MAX) {
                return null;
            }
            String label = new String(octets, place + 1, length, StandardCharsets.US_ASCII);
            if (label.indexOf('.') >= 0) {
                return null;
            }
            text.append(label).append('.');
            place = end;
        }
        return null;
    }

    private static @Nullable DomainName domainName(StringBuilder text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return new DomainName(text.substring(0, text.length() - 1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The place after the name that starts here and is known to be one. */
    private static int endOf(byte[] octets, int start) {
        int place = start;
        while (true) {
            int length = octets[place] & 0xFF;
            if (length == 0) {
                return place + 1;
            }
            if ((length & POINTER) == POINTER) {
                return place + 2;
            }
            place += 1 + length;
        }
    }
}
