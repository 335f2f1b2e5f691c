package io.dhcpfailover.node.engine;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.message.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an engine wants done, in the order in which it says so. Records are never changed after they are handed over. */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface Effect {

    /** Sends a reply now: it promises nothing that a crash could take back. */
    record Send(Reply reply) implements Effect {}

    /** Makes a record durable, and does nothing more. */
    record Store(byte[] record) implements Effect {}

    /**
     * Sends a reply once a record is durable, and everything stored before it.
     *
     * @param record to be stored; null where what was stored before is all that the reply waits for
     */
    record StoreThenSend(byte @Nullable [] record, Reply reply) implements Effect {}

    /**
     * Finds out by ICMP echo whether anyone uses an address, and tells the engine.
     *
     * @param number by which the engine knows the answer
     * @param attempts how many requests may stay without an answer, 1 to 5
     * @param timeout how long each waits for one
     */
    record Probe(long number, Ipv4Address address, int attempts, Duration timeout) implements Effect {}

    /**
     * Has {@link Engine#stored} called once a record is durable, and everything stored before it.
     *
     * @param number by which the engine knows it
     */
    record StoreThenTell(byte[] record, long number) implements Effect {}

    /**
     * Sends a message to the partner of a relationship once everything stored before is durable: a partner never hears
     * what a crash could take back. Where the session that the message was meant for has ended, it is dropped.
     */
    record SendToPartner(String relationship, Message message) implements Effect {}

    /**
     * Closes the session of a relationship, and opens another.
     *
     * @param reason for the log
     * @param atOnce whether it does not wait, as all others do, until everything stored before is durable
     */
    record DropLink(String relationship, String reason, boolean atOnce) implements Effect {}
}
