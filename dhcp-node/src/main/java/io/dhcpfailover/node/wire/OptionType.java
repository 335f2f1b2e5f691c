package io.dhcpfailover.node.wire;

import io.dhcpfailover.api.value.ClientIdentifier;
import io.dhcpfailover.api.value.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the value of an option is written in octets.
 *
 * @param <T> the value
 */
final class OptionType<T> {

    static final OptionType<byte[]> OCTETS = new OptionType<>(byte[]::clone, byte[]::clone);
    static final OptionType<Integer> UINT8 = number(1);
    static final OptionType<Integer> UINT16 = number(2);
    static final OptionType<Long> UINT32 = new OptionType<>(
            octets -> octets.length == 4 ? bits(octets, 0) & 0xFFFF_FFFFL : null,
            value -> octets(Math.toIntExact(value << 32 >> 32)));
    static final OptionType<Boolean> FLAG =
            new OptionType<>(octets -> (octets.length == 1 && (octets[0] & 0xFE) == 0) ? octets[0] == 1 : null, value ->
                    new byte[] {(byte) (value ? 1 : 0)});
    static final OptionType<Ipv4Address> ADDRESS = new OptionType<>(
            octets -> octets.length == 4 ? new Ipv4Address(bits(octets, 0)) : null, value -> octets(value.bits()));
    static final OptionType<List<Ipv4Address>> ADDRESSES =
            new OptionType<>(OptionType::decodeAddresses, OptionType::encodeAddresses);

    /** Characters; octets that are no UTF-8 become U+FFFD, and zeros at the end are not part of it (RFC 2132, 2). */
    static final OptionType<String> TEXT = new OptionType<>(OptionType::decodeText, OptionType::encodeText);

    static final OptionType<MessageType> MESSAGE_TYPE =
            new OptionType<>(octets -> octets.length == 1 ? MessageType.ofCode(octets[0]) : null, value ->
                    new byte[] {(byte) value.code()});
    static final OptionType<ClientIdentifier> CLIENT_IDENTIFIER = new OptionType<>(
            octets -> (octets.length >= ClientIdentifier.LENGTH_MIN && octets.length <= ClientIdentifier.LENGTH_MAX)
                    ? ClientIdentifier.of(octets)
                    : null,
            ClientIdentifier::octets);

    private final Function<byte[], @Nullable T> decoder;
    private final Function<T, byte[]> encoder;

    /** A type by its two directions; the decoder gives null for octets that are no such value, and never throws. */
    OptionType(Function<byte[], @Nullable T> decoder, Function<T, byte[]> encoder) {
        this.decoder = decoder;
        this.encoder = encoder;
    }

    @Nullable T decode(byte[] octets) {
        return decoder.apply(octets);
    }

    byte[] encode(T value) {
        return encoder.apply(Objects.requireNonNull(value));
    }

    private static OptionType<Integer> number(int length) {
        return new OptionType<>(
                octets -> {
                    if (octets.length != length) {
                        return null;
                    }
                    int value = 0;
                    for (byte octet : octets) {
                        value = (value << 8) | (octet & 0xFF);
                    }
                    return value;
                },
                value -> {
                    byte[] octets = new byte[length];
                    for (int i = 0; i < length; i++) {
                        octets[i] = (byte) (value >>> (8 * (length - 1 - i)));
                    }
                    return octets;
                });
    }

    private static @Nullable List<Ipv4Address> decodeAddresses(byte[] octets) {
        if (octets.length == 0 || octets.length % 4 != 0) {
            return null;
        }
        List<Ipv4Address> addresses = new ArrayList<>(octets.length / 4);
        for (int i = 0; i < octets.length; i += 4) {
            addresses.add(new Ipv4Address(bits(octets, i)));
        }
        return List.copyOf(addresses);
    }

    private static byte[] encodeAddresses(List<Ipv4Address> addresses) {
        byte[] octets = new byte[4 * addresses.size()];
        for (int i = 0; i < addresses.size(); i++) {
            putBits(octets, 4 * i, addresses.get(i).bits());
        }
        return octets;
    }

    private static @Nullable String decodeText(byte[] octets) {
        int length = octets.length;
        while (length > 0 && octets[length - 1] == 0) {
            length--;
        }
        return length == 0 ? null : new String(octets, 0, length, StandardCharsets.UTF_8);
    }

    private static byte[] encodeText(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static int bits(byte[] octets, int offset) {
        return ((octets[offset] & 0xFF) << 24)
                | ((octets[offset + 1] & 0xFF) << 16)
                | ((octets[offset + 2] & 0xFF) << 8)
                | (octets[offset + 3] & 0xFF);
    }

    static void putBits(byte[] octets, int offset, int bits) {
        octets[offset] = (byte) (bits >>> 24);
        octets[offset + 1] = (byte) (bits >>> 16);
        octets[offset + 2] = (byte) (bits >>> 8);
        octets[offset + 3] = (byte) bits;
    }

    private static byte[] octets(int bits) {
        byte[] octets = new byte[4];
        putBits(octets, 0, bits);
        return octets;
    }
}
