package io.dhcpfailover.lab.prompt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dhcpfailover.lab.client.LabClient;
import io.dhcpfailover.lab.client.Lease;
import io.dhcpfailover.lab.exercise.View;
import io.dhcpfailover.lab.kubernetes.ApiException;
import io.dhcpfailover.lab.site.Lab;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What can be typed. */
final class Commands {

    static final String HELP = """
            status                 both servers, the scope, what is cut
            leases                 what each client has, and what both servers know
            client new [COUNT]     new clients ask for an address
            client renew [NUMBER]  one client, or each, asks for its own again
            client release NUMBER  a client gives its address back
            kill SERVER            ends dhcp1 or dhcp2; Kubernetes knows that it has ended
            start SERVER           starts it again
            poweroff NODE          cuts the power of node1 or node2: nobody reports it
            poweron NODE           gives it back
            partition              cuts the link between both servers
            partition NUMBER SERVER  cuts a client from a server
            heal                   mends all that was cut
            set mode MODE          LoadBalance or HotStandby
            set percent NUMBER     dhcp1's share, or in HotStandby the standby's reserve
            partner-down SERVER    SERVER takes its partner for down
            help, quit
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int CLIENTS_MAX = 90;
    private static final List<String> SERVERS = List.of("dhcp1", "dhcp2");

    private final Lab lab;
    private final PrintStream out;
    private final List<String> cuts = new ArrayList<>();

    Commands(Lab lab, PrintStream out) {
        this.lab = lab;
        this.out = out;
    }

    void obey(List<String> words) throws Mistake, IOException, ApiException, InterruptedException {
        String first = word(words, 1);
        String second = word(words, 2);
        switch (words.getFirst()) {
            case "status" -> status();
            case "leases" -> leases();
            case "client" -> client(first, second);
            case "kill" -> kill(server(first));
            case "start" -> start(server(first));
            case "poweroff" -> powerOff(node(first));
            case "poweron" -> powerOn(node(first));
            case "partition" -> partition(first, second);
            case "heal" -> heal();
            case "set" -> set(first, second);
            case "partner-down" -> partnerDown(server(first));
            case "help" -> out.print(HELP);
            default -> throw new Mistake("There is no command " + words.getFirst() + "; help lists them.");
        }
    }

    private static String word(List<String> words, int place) {
        return words.size() > place ? words.get(place) : "";
    }

    private void status() {
        out.println(View.of(lab).table());
        cuts.forEach(cut -> out.println("cut: " + cut));
    }

    private void leases() {
        lab.clients().all().forEach(client -> out.println(line(client)));
        for (View.Server server : View.of(lab).servers()) {
            out.println(server.name() + " knows " + server.leases() + " leases");
        }
    }

    private static String line(LabClient client) {
        Lease lease = client.lease();
        return client.name() + " (" + client.hardwareAddress() + ") has "
                + (lease == null
                        ? "no address"
                        : lease.address() + " from " + lease.server() + ", for "
                                + Duration.between(Instant.now(), lease.end()).toSeconds() + " s more");
    }

    private void client(String what, String number) throws Mistake, IOException, InterruptedException {
        switch (what) {
            case "new" -> arrive(number.isEmpty() ? 1 : number(number, 1, CLIENTS_MAX));
            case "renew" -> renew(number.isEmpty() ? lab.clients().all() : List.of(client(number)));
            case "release" -> {
                LabClient client = client(number);
                client.release();
                out.println(line(client));
            }
            default -> throw new Mistake("A client can do this: client new, client renew, client release");
        }
    }

    private void arrive(int count) throws InterruptedException {
        List<LabClient> served = lab.clients().arrive(count, PATIENCE);
        served.forEach(client -> out.println(line(client)));
        if (served.size() < count) {
            out.println((count - served.size()) + " got no answer in " + PATIENCE.toSeconds() + " s");
        }
    }

    private void renew(List<LabClient> clients) throws InterruptedException {
        lab.clients().ask(clients, PATIENCE);
        clients.forEach(client -> out.println(line(client)));
    }

    private void kill(String server) {
        lab.nodes().kill(server + "-0");
        out.println(server + " is killed");
    }

    private void start(String server) throws IOException {
        lab.nodes().restart(server + "-0");
        out.println(server + " starts");
    }

    private void powerOff(String node) throws ApiException {
        lab.nodes().powerOff(node);
        out.println(node + " has no power");
    }

    private void powerOn(String node) throws ApiException, IOException {
        lab.nodes().powerOn(node);
        out.println(node + " has power, and starts what ran there");
    }

    private void partition(String number, String server) throws Mistake {
        if (number.isEmpty()) {
            lab.link().cut();
            cut("the link between dhcp1 and dhcp2");
        } else {
            LabClient client = client(number);
            lab.clients().cut(client, lab.server(1 + SERVERS.indexOf(server(server))));
            cut(client.name() + " from " + server);
        }
    }

    private void cut(String what) {
        if (!cuts.contains(what)) {
            cuts.add(what);
        }
        out.println("cut: " + what);
    }

    private void heal() {
        lab.link().mend();
        lab.clients().mend();
        cuts.clear();
        out.println("nothing is cut");
    }

    private void set(String what, String value) throws Mistake, ApiException {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        switch (what) {
            case "mode" -> spec.put("mode", value).putNull("loadBalancePercent").putNull("reservePercent");
            case "percent" -> spec.put(percentOf(mode()), number(value, 0, 100));
            default -> throw new Mistake("This can be set: set mode LoadBalance, set mode HotStandby, set percent 50");
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.set("spec", spec);
        lab.api().patch("DhcpFailoverRelationship", Lab.NAMESPACE, View.RELATIONSHIP, patch);
        out.println(mode() + " is set");
    }

    private String mode() {
        return lab.api()
                .find("DhcpFailoverRelationship", Lab.NAMESPACE, View.RELATIONSHIP)
                .path("spec")
                .path("mode")
                .asText();
    }

    private static String percentOf(String mode) {
        return mode.equals("HotStandby") ? "reservePercent" : "loadBalancePercent";
    }

    private void partnerDown(String server) throws ApiException {
        ObjectNode action = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "dhcpfailover.io/v1alpha1")
                .put("kind", "DhcpFailoverAction");
        action.putObject("metadata").put("generateName", "partner-down-");
        action.putObject("spec")
                .put("relationship", View.RELATIONSHIP)
                .put("action", "PartnerDown")
                .put("server", server);
        lab.api().create(Lab.NAMESPACE, action);
        out.println("asked: kubectl get dfa shows what becomes of it");
    }

    private static String server(String name) throws Mistake {
        return oneOf(SERVERS, name, "server");
    }

    private static String node(String name) throws Mistake {
        return oneOf(Lab.NODES, name, "node");
    }

    private static String oneOf(List<String> names, String name, String what) throws Mistake {
        if (!names.contains(name)) {
            throw new Mistake("Say which " + what + ": " + String.join(" or ", names));
        }
        return name;
    }

    private LabClient client(String number) throws Mistake {
        List<LabClient> all = lab.clients().all();
        if (all.isEmpty()) {
            throw new Mistake("There is no client yet; make some: client new 3");
        }
        return all.get(number(number, 1, all.size()) - 1);
    }

    private static int number(String text, int min, int max) throws Mistake {
        if (text.matches("[0-9]{1,3}")) {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw new Mistake("Give a number from " + min + " to " + max + (text.isEmpty() ? "" : ", not " + text));
    }
}
