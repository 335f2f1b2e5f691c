package io.dhcpfailover.node.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Records that are words, and journals of them. */
final class Records {

    static final String FIRST_SEGMENT = "journal-0000000000000001";

    private Records() {}

    /** Salts that are the same in each run. */
    static LongSupplier salts() {
        return new SplittableRandom(1)::nextLong;
    }

    /** Opens a journal that holds what is expected. */
    static Journal open(Storage storage, String... expected) throws IOException {
        List<String> replayed = new ArrayList<>();
        Journal journal = Journal.open(storage, salts(), record -> replayed.add(text(record)))
                .journal();
        assertThat(replayed).containsExactly(expected);
        return journal;
    }

    /** Opens a journal, and says what it holds. */
    static List<String> replay(Storage storage) throws IOException {
        List<String> replayed = new ArrayList<>();
        Journal.open(storage, salts(), record -> replayed.add(text(record)));
        return replayed;
    }

    static List<byte[]> records(String... texts) {
        return Arrays.stream(texts).map(Records::octets).toList();
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] record) {
        return new String(record, StandardCharsets.UTF_8);
    }
}
