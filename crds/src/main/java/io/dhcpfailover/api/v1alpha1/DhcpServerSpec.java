package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.schema.ListSet;
import io.dhcpfailover.api.schema.Rules;
import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks of a DHCP server.
 *
 * @param nodeName the Kubernetes node it runs on; null for an external server
 * @param interfaces the interfaces it serves clients on; empty means each with an address that lies in a scope
 * @param serverAddress its server identifier (option 54), and where relays send
 * @param failoverAddress where its partners reach it; null means the node's InternalIP
 * @param failoverPort the TCP port of the failover protocol
 * @param authorized whether it answers clients
 * @param leaseQueryFrom whose leasequery (RFC 4388) it answers
 * @param storage where leases and the last configuration lie; immutable
 * @param external a server outside this cluster; null for one that the operator runs
 * @param podTemplate what its pod has besides
 */
@ApiType
@JsonClassDescription("What is asked of the server.")
@ValidationRule(
        value = "has(self.nodeName) != has(self.external)",
        message =
                "give either nodeName, for a server that runs in this cluster, or external, for one that runs elsewhere")
@ValidationRule(
        value = "!has(oldSelf.nodeName) || (has(self.nodeName) && self.nodeName == oldSelf.nodeName)",
        message =
                "nodeName is immutable, because the leases lie on that node's disk: create another DhcpServer for the other node",
        fieldPath = ".nodeName")
@ValidationRule(
        value =
                "!has(oldSelf.nodeName) || (has(self.storage) == has(oldSelf.storage) && (!has(self.storage) || self.storage == oldSelf.storage))",
        message = "storage is immutable, because the leases lie there: create another DhcpServer for another place",
        fieldPath = ".storage")
@ValidationRule(
        value =
                "!has(self.external) || !(has(self.interfaces) || has(self.serverAddress) || has(self.failoverAddress) || has(self.leaseQueryFrom) || has(self.storage) || has(self.podTemplate))",
        message =
                "an external server is not run by this cluster: remove interfaces, serverAddress, failoverAddress, leaseQueryFrom, storage and podTemplate, or remove external",
        fieldPath = ".external")
@ValidationRule(
        value = "!has(self.external) || (self.failoverPort == 647 && self.authorized)",
        message = "failoverPort and authorized say nothing of an external server: remove them, or use external.port",
        fieldPath = ".external")
public record DhcpServerSpec(
        @JsonPropertyDescription(
                "The Kubernetes node that the server runs on. Immutable; required unless the server is external.")
        @Nullable ObjectName nodeName,

        @Size(max = 64) @ListSet
        @JsonPropertyDescription(
                "The network interfaces on which it serves clients. Absent: every interface with an IPv4 address that lies in a scope.")
        List<InterfaceName> interfaces,

        @ValidationRule(value = Rules.IS_HOST, message = Rules.IS_HOST_MESSAGE)
        @JsonPropertyDescription(
                "The server identifier (option 54), which clients renew with and relays send to. Absent: the first address of the first interface; a later change of that is reported first, never followed silently.")
        @Nullable Ipv4Address serverAddress,

        @ValidationRule(value = Rules.IS_HOST, message = Rules.IS_HOST_MESSAGE)
        @JsonPropertyDescription("Where its partners reach it. Absent: the node's InternalIP.")
        @Nullable Ipv4Address failoverAddress,

        @Default("647") @Min(1) @Max(65535) @JsonPropertyDescription("The TCP port on which its partners reach it.")
        Integer failoverPort,

        @Default("true")
        @JsonPropertyDescription(
                "Whether it answers clients. Not authorized, it runs and replicates and answers no client.")
        Boolean authorized,

        @Size(max = 64) @ListSet
        @JsonPropertyDescription("The relays and hosts whose leasequery (RFC 4388) is answered. Absent: nobody.")
        List<Ipv4Address> leaseQueryFrom,

        @JsonPropertyDescription(
                "Where leases and the last configuration lie. Immutable. Absent: the directory /var/lib/dhcpfailover/<namespace>/<name> of the node.")
        @Nullable Storage storage,

        @JsonPropertyDescription(
                "A partner outside this cluster, which the operator does not run. Its partner tells what is known of it.")
        @Nullable ExternalServer external,

        @JsonPropertyDescription("What the server's pod has besides what the operator gives it.") @Nullable PodTemplate podTemplate) {

    /** Takes absent lists as empty, and what else is absent as its default. */
    public DhcpServerSpec {
        failoverPort = failoverPort == null ? 647 : failoverPort;
        authorized = authorized == null ? true : authorized;
        interfaces = interfaces == null ? List.of() : List.copyOf(interfaces);
        leaseQueryFrom = leaseQueryFrom == null ? List.of() : List.copyOf(leaseQueryFrom);
    }
}
