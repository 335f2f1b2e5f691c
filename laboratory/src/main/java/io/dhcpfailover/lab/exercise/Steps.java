package io.dhcpfailover.lab.exercise;

import com.fasterxml.jackson.databind.JsonNode;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.lab.client.LabClient;
import io.dhcpfailover.lab.client.Lease;
import io.dhcpfailover.lab.kubernetes.ApiException;
import io.dhcpfailover.lab.site.Lab;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The six steps. */
final class Steps {

    private static final String NORMAL = "Normal";
    private static final String BOTH_NORMAL = "Normal/Normal";
    private static final String SCOPE_KIND = "DhcpScope";
    private static final String RELATIONSHIP_KIND = "DhcpFailoverRelationship";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** For those whom nobody will answer. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final int FIRST_CLIENTS = 10;
    private static final int LATER_CLIENTS = 20;

    /** Of twenty clients that a fair coin divides, fewer than these on one side come once in ten thousand runs. */
    private static final int SHARE_MIN = 2;

    private final Stage stage;
    private final Ipv4Address first;
    private final Ipv4Address second;
    private Map<LabClient, Ipv4Address> addresses = Map.of();
    private Instant died = Instant.EPOCH;

    Steps(Stage stage) {
        this.stage = stage;
        first = stage.lab().server(1);
        second = stage.lab().server(2);
    }

    void comesUp() throws Unexpected, InterruptedException {
        stage.say("The operator starts a server on node1 and one on node2, and gives both their scope.");
        Duration took =
                stage.await("Normal on both servers", view -> view.state().equals(BOTH_NORMAL) && bothServe(view));
        stage.check(true, "both servers are in Normal after " + Stage.seconds(took));
    }

    private boolean bothServe(View view) {
        return view.servers().stream().allMatch(View.Server::ready) && inSync();
    }

    private boolean inSync() {
        JsonNode scope = stage.api().find(SCOPE_KIND, Lab.NAMESPACE, View.SCOPE);
        JsonNode replicas = scope.path("status").path("replicas");
        long generation = scope.path("metadata").path("generation").asLong();
        int same = 0;
        for (JsonNode replica : replicas) {
            if (replica.path("state").asText().equals("InSync")
                    && replica.path("generation").asLong() == generation) {
                same++;
            }
        }
        return same == 2;
    }

    void clientsGetLeases() throws Unexpected, InterruptedException {
        stage.say(FIRST_CLIENTS + " clients ask for an address, through a relay that knows both servers.");
        Instant begin = Instant.now();
        List<LabClient> served = stage.clients().arrive(FIRST_CLIENTS, PATIENCE);
        Duration took = Duration.between(begin, Instant.now());
        stage.check(
                served.size() == FIRST_CLIENTS && served.stream().allMatch(client -> isFrom(client, first)),
                FIRST_CLIENTS + " of " + FIRST_CLIENTS + " have one from dhcp1, the active server, after "
                        + Stage.seconds(took));
        Lease lease = Objects.requireNonNull(served.getFirst().lease());
        stage.say("Their first lease lasts " + lease.duration().toSeconds()
                + " s, the MCLT: dhcp2 had not heard of them yet.");
        Duration told = stage.await(
                "dhcp2's knowledge of each lease", view -> view.server("dhcp2").leases() == FIRST_CLIENTS);
        stage.check(true, "dhcp2 knows all " + FIRST_CLIENTS + " leases, " + Stage.seconds(told) + " later");
        stage.clients().ask(stage.clients().all(), PATIENCE);
        Lease longer = Objects.requireNonNull(served.getFirst().lease());
        stage.check(
                longer.duration().compareTo(lease.duration()) > 0,
                "renewed, they last " + longer.duration().toSeconds() + " s, as the scope says");
        remember();
    }

    private void remember() {
        Map<LabClient, Ipv4Address> held = new HashMap<>();
        for (LabClient client : stage.clients().all()) {
            Lease lease = client.lease();
            if (lease != null) {
                held.put(client, lease.address());
            }
        }
        addresses = Map.copyOf(held);
    }

    private static boolean isFrom(LabClient client, Ipv4Address server) {
        Lease lease = client.lease();
        return lease != null && lease.server().equals(server);
    }

    /** How many clients that had an address still have the same. */
    private long kept() {
        return addresses.entrySet().stream()
                .filter(entry -> {
                    Lease lease = entry.getKey().lease();
                    return lease != null && lease.address().equals(entry.getValue());
                })
                .count();
    }

    void scopeIsEdited() throws Unexpected, InterruptedException {
        stage.say("The scope gets another DNS server: kubectl patch dscope office ...");
        stage.patch(SCOPE_KIND, View.SCOPE, "{\"spec\": {\"options\": {\"dnsServers\": [\"192.0.2.54\"]}}}");
        Duration took = stage.await("the edited scope on both servers", view -> inSync());
        stage.check(true, "both servers have the edited scope after " + Stage.seconds(took));
        LabClient client = stage.clients().all().getFirst();
        Lease lease = stage.clients().ask(client, PATIENCE);
        stage.check(
                lease != null && lease.dnsServers().equals(List.of(Ipv4Address.parse("192.0.2.54"))),
                client.name() + " renews and is told of 192.0.2.54");
    }

    void activeServerDies() throws Unexpected, InterruptedException {
        stage.say("dhcp1 is killed, and node1 is not heard of any more, as if its power were cut.");
        try {
            stage.lab().nodes().powerOff("node1");
        } catch (ApiException e) {
            throw new Unexpected("the node could not be switched off: " + e.getMessage());
        }
        died = Instant.now();
        LabClient impatient = stage.clients().addImpatient();
        Lease lease = stage.clients().ask(impatient, PATIENCE);
        stage.check(
                isFrom(impatient, second) && lease != null,
                "a new client has " + (lease == null ? "nothing" : lease.address())
                        + " from dhcp2, of the standby's reserve: nobody answered it for "
                        + Stage.seconds(since(died)));
        Instant begin = Instant.now();
        stage.clients().ask(List.copyOf(addresses.keySet()), PATIENCE);
        Duration longest = since(begin);
        stage.check(
                kept() == addresses.size(),
                "all " + addresses.size() + " clients renewed at dhcp2, each with its address, within "
                        + Stage.seconds(longest) + ": they ask dhcp1 first, for a second");
        Duration _ = stage.await(
                "CommunicationsInterrupted of dhcp2",
                view -> !view.server("dhcp2").state().equals(NORMAL));
        remember();
    }

    private static Duration since(Instant time) {
        return Duration.between(time, Instant.now());
    }

    private static String addressOf(List<LabClient> clients) {
        Lease lease = clients.isEmpty() ? null : clients.getFirst().lease();
        return lease == null ? "nothing" : lease.address().toString();
    }

    void partnerIsTakenForDown() throws Unexpected, InterruptedException {
        stage.say("dhcp2 waits for stateSwitchInterval (10 s): dhcp1 may live and only be out of reach.");
        Duration _ = stage.await(
                "PartnerDown of dhcp2", view -> view.server("dhcp2").state().equals("PartnerDown"));
        stage.check(true, "dhcp2 is in PartnerDown by itself, " + Stage.seconds(since(died)) + " after dhcp1 died");
        int asking = LATER_CLIENTS;
        List<LabClient> served = stage.clients().arrive(asking, SHORT);
        stage.say(served.size() + " of " + asking + " new clients get an address, of what is left of the reserve.");
        stage.say("dhcp1's free addresses have to wait for the MCLT (10 s), for it might have given them.");
        Duration passed = stage.await("the end of the MCLT", view -> {
            Instant ends = view.server("dhcp2").leadTimeEnds();
            return ends == null || ends.isBefore(Instant.now());
        });
        stage.clients().ask(without(), PATIENCE);
        stage.check(
                without().isEmpty(),
                "the MCLT passed (" + Stage.seconds(passed) + "), and all " + asking
                        + " have one: dhcp2 gives what was dhcp1's");
        remember();
    }

    private List<LabClient> without() {
        return stage.clients().all().stream()
                .filter(client -> client.lease() == null)
                .toList();
    }

    void itComesBack() throws Unexpected, InterruptedException {
        stage.say("node1 has power again; dhcp1 starts with the leases of its disk, and asks for what it missed.");
        try {
            stage.lab().nodes().powerOn("node1");
        } catch (ApiException | IOException e) {
            throw new Unexpected("the node could not be switched on: " + e.getMessage());
        }
        Duration took =
                stage.await("Normal on both servers", view -> view.state().equals(BOTH_NORMAL) && bothServe(view));
        stage.check(
                stage.look().server("dhcp1").previous().startsWith("Recover"),
                "dhcp1 recovered first, and both are in Normal after " + Stage.seconds(took));
        stage.clients().ask(stage.clients().all(), PATIENCE);
        stage.check(
                kept() == addresses.size() && stage.clients().lost().isEmpty(),
                "all " + addresses.size() + " clients renewed, each with the address that it had");
        Duration _ = stage.await(
                "the same leases on both servers",
                view -> view.server("dhcp1").leases() == view.server("dhcp2").leases());
        List<LabClient> arrived = stage.clients().arrive(1, PATIENCE);
        stage.check(
                arrived.size() == 1 && isFrom(arrived.getFirst(), first),
                "a new client gets " + addressOf(arrived) + " from dhcp1 again");
    }

    void loadIsBalanced() throws Unexpected, InterruptedException {
        stage.say("The mode becomes LoadBalance, 50 % each: kubectl patch dfr dhcp2-dhcp1 ...");
        stage.patch(
                RELATIONSHIP_KIND,
                View.RELATIONSHIP,
                "{\"spec\": {\"mode\": \"LoadBalance\", \"loadBalancePercent\": 50}}");
        Duration took = stage.await(
                "half of the free addresses with dhcp2",
                view -> view.server("dhcp2").freeThis() > LATER_CLIENTS
                        && view.server("dhcp1").freeThis() > LATER_CLIENTS);
        stage.check(true, "both have free addresses to give after " + Stage.seconds(took));
        List<LabClient> served = stage.clients().arrive(LATER_CLIENTS, PATIENCE);
        long byFirst = served.stream().filter(client -> isFrom(client, first)).count();
        long bySecond = served.stream().filter(client -> isFrom(client, second)).count();
        stage.check(
                served.size() == LATER_CLIENTS && byFirst >= SHARE_MIN && bySecond >= SHARE_MIN,
                "of " + LATER_CLIENTS + " new clients dhcp1 answered " + byFirst + " and dhcp2 " + bySecond);
    }
}
