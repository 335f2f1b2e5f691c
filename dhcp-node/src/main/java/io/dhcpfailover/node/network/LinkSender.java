package io.dhcpfailover.node.network;

import io.dhcpfailover.api.value.MacAddress;

/** Sends UDP datagrams in frames to hardware addresses, without asking who has the IP address. For one thread. */
interface LinkSender extends AutoCloseable {

    /** The longest payload that it takes, in octets. */
    int payloadMax();

    /**
     * Takes a datagram; it leaves at {@link #flush} at the latest.
     *
     * @param link index of the interface
     */
    void send(int link, MacAddress hardware, Endpoint source, Endpoint destination, byte[] payload);

    /** Sends all that was taken; how many could not be sent since the last time. */
    int flush();

    @Override
    void close();
}
