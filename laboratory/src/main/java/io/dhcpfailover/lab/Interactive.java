package io.dhcpfailover.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dhcpfailover.lab.client.LabClient;
import io.dhcpfailover.lab.client.Lease;
import io.dhcpfailover.lab.exercise.Exercise;
import io.dhcpfailover.lab.exercise.Narrator;
import io.dhcpfailover.lab.exercise.View;
import io.dhcpfailover.lab.kubernetes.ApiException;
import io.dhcpfailover.lab.site.Lab;
import io.dhcpfailover.lab.site.LabException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A prompt for who wants to try the pair by hand. */
final class Interactive {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int CLIENTS_MAX = 90;

    private static final String HELP = """
            status              both servers, the scope, who was answered last
            clients N           N new clients ask for an address
            renew [NUMBER]      one client, or all, ask for theirs again
            release NUMBER      a client gives its address back
            leases              what each client has
            kill SERVER         ends its process; Kubernetes knows that it has ended
            start SERVER        starts it again
            poweroff NODE       cuts the power of node1 or node2: nobody reports what ended
            poweron NODE        gives it back
            mode MODE           LoadBalance or HotStandby
            percent NUMBER      the share of dhcp1 in LoadBalance, 0 to 100
            partner-down SERVER SERVER takes its partner for down
            help, quit
            """;

    private final Lab lab;
    private final Narrator narrator;
    private final PrintStream out;
    private final ObjectMapper mapper = new ObjectMapper();

    Interactive(Lab lab, Narrator narrator, PrintStream out) {
        this.lab = lab;
        this.narrator = narrator;
        this.out = out;
    }

    /** Reads commands until there are no more; whether the pair came up. */
    boolean run() throws LabException, InterruptedException {
        if (!new Exercise(lab, narrator).setUp()) {
            return false;
        }
        out.println();
        out.println("In another terminal:");
        out.println("  export KUBECONFIG=" + lab.kubeconfig());
        out.println("  kubectl get dfr -w");
        out.println();
        out.print(HELP);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (true) {
            out.print("lab> ");
            out.flush();
            try {
                String line = in.readLine();
                if (line == null || line.strip().equals("quit")) {
                    return true;
                }
                if (!line.isBlank()) {
                    obey(line.strip().split("\\s+", -1));
                }
            } catch (IOException | ApiException | IllegalArgumentException e) {
                out.println(e.getMessage());
            }
        }
    }

    private void obey(String[] words) throws IOException, ApiException, InterruptedException {
        String argument = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "status" -> out.println(View.of(lab).table());
            case "clients" -> arrive(number(argument));
            case "renew" -> renew(argument.isEmpty() ? lab.clients().all() : List.of(client(argument)));
            case "release" -> client(argument).release();
            case "leases" -> lab.clients().all().forEach(client -> out.println(line(client)));
            case "kill" -> lab.nodes().kill(argument + "-0");
            case "start" -> lab.nodes().restart(argument + "-0");
            case "poweroff" -> lab.nodes().powerOff(argument);
            case "poweron" -> lab.nodes().powerOn(argument);
            case "mode" -> patch("{\"mode\": \"" + argument + "\", \"loadBalancePercent\": null}");
            case "percent" -> patch("{\"mode\": \"LoadBalance\", \"loadBalancePercent\": " + number(argument) + "}");
            case "partner-down" -> partnerDown(argument);
            case "help" -> out.print(HELP);
            default -> out.println("There is no command " + words[0] + "; help lists them.");
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A number is missing, as in: clients 3", e);
        }
    }

    private void arrive(int count) throws InterruptedException {
        if (count < 1 || count > CLIENTS_MAX) {
            throw new IllegalArgumentException("From 1 to " + CLIENTS_MAX + " clients, not " + count);
        }
        List<LabClient> served = lab.clients().arrive(count, PATIENCE);
        served.forEach(client -> out.println(line(client)));
        if (served.size() < count) {
            out.println((count - served.size()) + " got no answer");
        }
    }

    private void renew(List<LabClient> clients) throws InterruptedException {
        lab.clients().ask(clients, PATIENCE);
        clients.forEach(client -> out.println(line(client)));
    }

    private LabClient client(String number) {
        int place = number(number) - 1;
        List<LabClient> all = lab.clients().all();
        if (place < 0 || place >= all.size()) {
            throw new IllegalArgumentException("There are " + all.size() + " clients; make some: clients 3");
        }
        return all.get(place);
    }

    private static String line(LabClient client) {
        Lease lease = client.lease();
        return client.name() + " (" + client.hardwareAddress() + ") has "
                + (lease == null
                        ? "no address"
                        : lease.address() + " from " + lease.server() + ", for "
                                + Duration.between(Instant.now(), lease.end()).toSeconds() + " s more");
    }

    private void patch(String spec) throws ApiException, JsonProcessingException {
        lab.api().patch("DhcpFailoverRelationship", Lab.NAMESPACE, View.RELATIONSHIP, (ObjectNode)
                mapper.readTree("{\"spec\": " + spec + "}"));
    }

    private void partnerDown(String server) throws ApiException, JsonProcessingException {
        String name = "partner-down-"
                + Long.toString(System.nanoTime(), Character.MAX_RADIX).toLowerCase(Locale.ROOT);
        lab.api().create(Lab.NAMESPACE, (ObjectNode) mapper.readTree("""
                        {"apiVersion": "dhcpfailover.io/v1alpha1", "kind": "DhcpFailoverAction", "metadata": {"name": "%s"},
                        "spec": {"relationship": "%s", "action": "PartnerDown", "server": "%s"}}
                        """.formatted(name, View.RELATIONSHIP, server)));
    }
}
