package io.dhcpfailover.node.wire;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route of option 121 (RFC 3442).
 *
 * @param destination where it leads
 * @param router by which router
 */
public record ClasslessRoute(Ipv4Prefix destination, Ipv4Address router) {

    static final OptionType<List<ClasslessRoute>> TYPE =
            new OptionType<>(ClasslessRoute::decode, ClasslessRoute::encode);

    private static int significantOctets(int prefixLength) {
        return (prefixLength + 7) / 8;
    }

    private static byte[] encode(List<ClasslessRoute> routes) {
        byte[] octets = new byte
                [routes.stream()
                        .mapToInt(route -> 5 + significantOctets(route.destination.length()))
                        .sum()];
        int place = 0;
        for (ClasslessRoute route : routes) {
            octets[place++] = (byte) route.destination.length();
            for (int i = 0; i < significantOctets(route.destination.length()); i++) {
                octets[place++] = (byte) (route.destination.network().bits() >>> (24 - 8 * i));
            }
            OptionType.putBits(octets, place, route.router.bits());
            place += 4;
        }
        return octets;
    }

    /** Bits after a prefix, which RFC 3442 wants to be zero, are passed over. */
    private static @Nullable List<ClasslessRoute> decode(byte[] octets) {
        List<ClasslessRoute> routes = new ArrayList<>();
        for (int place = 0; place < octets.length; ) {
            int length = octets[place++] & 0xFF;
            int significant = significantOctets(length);
            if (length > 32 || place + significant + 4 > octets.length) {
                return null;
            }
            int bits = 0;
            for (int i = 0; i < significant; i++) {
                bits |= (octets[place++] & 0xFF) << (24 - 8 * i);
            }
            Ipv4Address router = new Ipv4Address(OptionType.bits(octets, place));
            place += 4;
            routes.add(new ClasslessRoute(Ipv4Prefix.containing(new Ipv4Address(bits), length), router));
        }
        return routes.isEmpty() ? null : List.copyOf(routes);
    }
}
