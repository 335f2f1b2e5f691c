package io.dhcpfailover.node.manage.isc;

/** A place for a server, whichever it is: the first is the primary's. */
enum Seat {
    FIRST("dhcp1", "10.80.0.1", "10.81.0.1", "lan0"),
    SECOND("dhcp2", "10.80.0.3", "10.81.0.3", "eth0");

    /** Of the manifest. */
    final String server;

    /** Where clients and relays reach it. */
    final String address;

    /** Where its partner reaches it. */
    final String linkAddress;

    /** The interface of clients and relays. */
    final String lan;

    Seat(String server, String address, String linkAddress, String lan) {
        this.server = server;
        this.address = address;
        this.linkAddress = linkAddress;
        this.lan = lan;
    }

    Seat other() {
        return this == FIRST ? SECOND : FIRST;
    }
}
