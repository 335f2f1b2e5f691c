package io.dhcpfailover.node.network;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec.Mode;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.node.failover.PartnerKind;
import io.dhcpfailover.node.failover.Relationship;
import io.dhcpfailover.node.failover.message.Message;
import io.dhcpfailover.node.failover.message.Secrets;
import io.dhcpfailover.node.failover.session.Agreement;
import io.dhcpfailover.node.failover.session.Ending;
import io.dhcpfailover.node.failover.session.Moment;
import io.dhcpfailover.node.failover.session.Terms;
import java.security.SecureRandom;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A server on an address of loopback, as far as links know one. */
final class LinkedServer implements PartnerReceiver, AutoCloseable {

    final NetworkLoop loop;
    final PartnerLinks links;
    final AtomicLong skew = new AtomicLong();
    final Queue<Agreement> begun = new ConcurrentLinkedQueue<>();
    final Queue<Ending> ended = new ConcurrentLinkedQueue<>();
    final Queue<Message> heard = new ConcurrentLinkedQueue<>();
    final Queue<Runnable> untaken = new ConcurrentLinkedQueue<>();
    final AtomicLong session = new AtomicLong();
    volatile boolean takes = true;

    LinkedServer() throws NetworkException {
        loop = NetworkLoop.start();
        links = new PartnerLinks(loop, this::now, new SecureRandom(), this);
    }

    private Moment now() {
        return new Moment(
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), System.currentTimeMillis() / 1000 + skew.get());
    }

    static Terms terms(String name, ServerRole self, @Nullable Secrets secrets) {
        return new Terms(
                new Relationship(name, self, PartnerKind.NATIVE, Mode.LoadBalance, 50, 5, 3600, 0, true, 3, 1000),
                secrets);
    }

    static PartnerPlan plan(String own, int port, PartnerPlan.Partner... partners) {
        return new PartnerPlan(Ipv4Address.parse(own), port, List.of(partners));
    }

    static PartnerPlan.Partner partner(Terms terms, String address, int port) {
        return new PartnerPlan.Partner(terms, Ipv4Address.parse(address), port);
    }

    @Override
    public void began(String relationship, long number, Agreement agreement) {
        session.set(number);
        begun.add(agreement);
    }

    @Override
    public void heard(String relationship, long number, Message message, Runnable taken) {
        heard.add(message);
        if (takes) {
            taken.run();
        } else {
            untaken.add(taken);
        }
    }

    @Override
    public void ended(String relationship, long number, Ending ending) {
        ended.add(ending);
    }

    boolean isUp() {
        return begun.size() == ended.size() + 1;
    }

    @Override
    public void close() throws NetworkException {
        links.close();
        loop.close();
    }
}
