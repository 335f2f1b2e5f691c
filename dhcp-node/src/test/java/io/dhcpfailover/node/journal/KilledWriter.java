package io.dhcpfailover.node.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Writes numbers one after the other, and prints each once it is durable, until it is killed. */
final class KilledWriter {

    private KilledWriter() {}

    /** The folder is its only argument. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        AtomicLong last = new AtomicLong();
        Journal journal = Journal.open(
                        FileStorage.open(Path.of(arguments[0])),
                        new SecureRandom()::nextLong,
                        record -> last.set(ByteBuffer.wrap(record).getLong()))
                .journal();
        GroupCommit commit = new GroupCommit(journal, 1000, new GroupCommit.Listener() {
            @Override
            public void failing(IOException reason) {
                throw new IllegalStateException(reason);
            }

            @Override
            public void recovered() {}

            @Override
            public void failed(Throwable reason) {
                throw new IllegalStateException(reason);
            }

            @Override
            public void committed(int records, long nanoseconds) {}
        });
        System.out.println("from " + last.get());
        for (long number = last.get() + 1; ; number++) {
            long durable = number;
            byte[] record = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
            while (!commit.offer(record, () -> System.out.println(durable))) {
                Thread.onSpinWait();
            }
        }
    }
}
