package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.engine.StoredState;
import io.dhcpfailover.node.journal.FileStorage;
import io.dhcpfailover.node.journal.Journal;
import io.dhcpfailover.node.journal.ReadableStorage;
import io.dhcpfailover.node.lease.BindingTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The leases of a server that does not run, which are looked at and not changed.
 *
 * @param table all of them
 * @param content what the journal holds
 */
record StateFolder(BindingTable table, Journal.Content content) {

    /**
     * Reads a folder.
     *
     * @throws IOException where it is damaged, or belongs to a server that runs
     */
    static StateFolder read(Path folder, Instant now) throws IOException {
        BindingTable table = new BindingTable(0);
        StoredState state = new StoredState(table);
        try (ReadableStorage storage = FileStorage.openToRead(folder)) {
            Journal.Content content = Journal.read(storage, state::replay);
            // That a lease ended is nowhere written: it follows from the time.
            table.expire(now.getEpochSecond(), ended -> {});
            return new StateFolder(table, content);
        } catch (IllegalArgumentException e) {
            throw new IOException(folder + " has a record that this version cannot read: " + e.getMessage(), e);
        }
    }
}
