package io.dhcpfailover.node.engine;

/** What a server counts of a relationship since it started. */
final class Counters {
    long updatesSent;
    long updatesReceived;
    long acksSent;
    long acksReceived;
    long refusalsSent;
    long refusalsReceived;
    long updatesDropped;
    long clashes;
    long poolRequestsSent;
    long poolRequestsReceived;
    long addressesGiven;
}
