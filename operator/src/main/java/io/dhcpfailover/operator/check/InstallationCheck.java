package io.dhcpfailover.operator.check;

import io.dhcpfailover.api.value.Ipv4Address;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at an installation and prints what it finds; ends with 1 where anything is not as it has to be. Its arguments
 * are the watched namespaces; {@code POD_IP} is the address that servers reach it at, without which no client is tried.
 */
public final class InstallationCheck {

    private InstallationCheck() {}

    /** Runs it. */
    public static void main(String[] namespaces) throws IOException {
        List<Finding> findings = new ArrayList<>();
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            for (String namespace : namespaces) {
                findings.addAll(KindsCheck.of(client, namespace));
                findings.addAll(RightsCheck.of(client, namespace));
            }
            String address = System.getenv("POD_IP");
            boolean able = findings.stream().allMatch(Finding::good);
            if (able && address != null) {
                try (Probe probe = Probe.at(Ipv4Address.parse(address))) {
                    for (String namespace : namespaces) {
                        findings.addAll(new ServiceCheck(client, probe).of(namespace));
                    }
                }
            }
        }
        findings.forEach(System.out::println);
        System.exit(findings.stream().allMatch(Finding::good) ? 0 : 1);
    }
}
