package io.dhcpfailover.api.testing;

import io.dhcpfailover.api.value.DomainName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What random objects are made of. */
abstract sealed class RandomValues permits RandomSpecs, RandomStatuses {

    final RandomGenerator random;

    RandomValues(RandomGenerator random) {
        this.random = random;
    }

    Instant time() {
        return Instant.ofEpochSecond(
                random.nextLong(1_700_000_000L, 2_000_000_000L),
                random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
    }

    List<Ipv4Address> addresses() {
        return listOf(3, i -> address());
    }

    Ipv4Address address() {
        return Ipv4Address.ofNumber(random.nextLong(1L << 24, 224L << 24));
    }

    DomainName domainName() {
        return new DomainName(name("host") + (random.nextBoolean() ? ".example.org" : "._tcp.example.org."));
    }

    ObjectName name(String prefix) {
        return new ObjectName(prefix + number(0, 999));
    }

    int port() {
        return number(1, 65535);
    }

    byte[] bytes(int length, int first) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = (byte) first;
        return bytes;
    }

    int number(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    /** The item at a place of a list. */
    interface Item<T> {
        T of(int index);
    }

    <T> List<T> listOf(int countMax, Item<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(countMax + 1); i > 0; i--) {
            items.add(item.of(i));
        }
        return items;
    }
}
