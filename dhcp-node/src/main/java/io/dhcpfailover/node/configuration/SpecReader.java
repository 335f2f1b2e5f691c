package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.ExternalServer;
import io.dhcpfailover.api.v1alpha1.PartnerCopy;
import io.dhcpfailover.api.v1alpha1.SecretReference;
import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.v1alpha1.Storage;
import io.dhcpfailover.api.value.DurationFormat;
import io.dhcpfailover.api.value.InterfaceName;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads specs that passed the schema, defaults included, as the API's types. By hand, because Jackson takes longer for
 * the first spec of a process than all the rest of a start takes for a folder.
 */
final class SpecReader {

    private SpecReader() {}

    /** A server, without podTemplate: outside of Kubernetes there are no pods. */
    static DhcpServerSpec server(Map<String, Object> spec) {
        Fields fields = new Fields(spec);
        List<InterfaceName> interfaces = new ArrayList<>();
        for (String name : fields.texts("interfaces")) {
            interfaces.add(new InterfaceName(name));
        }
        return new DhcpServerSpec(
                fields.optionalName("nodeName"),
                interfaces,
                fields.optionalAddress("serverAddress"),
                fields.optionalAddress("failoverAddress"),
                fields.number("failoverPort"),
                fields.truth("authorized"),
                fields.addresses("leaseQueryFrom"),
                fields.has("storage") ? storage(fields.object("storage")) : null,
                fields.has("external") ? external(fields.object("external")) : null,
                null);
    }

    private static Storage storage(Fields fields) {
        return new Storage(
                fields.has("hostPath")
                        ? new Storage.HostPath(fields.object("hostPath").text("path"))
                        : null,
                fields.has("persistentVolumeClaim")
                        ? new Storage.Claim(new ObjectName(
                                fields.object("persistentVolumeClaim").text("claimName")))
                        : null);
    }

    private static ExternalServer external(Fields fields) {
        return new ExternalServer(
                Ipv4Address.parse(fields.text("address")),
                fields.number("port"),
                ExternalServer.Protocol.valueOf(fields.text("protocol")));
    }

    /** A relationship. */
    static DhcpFailoverRelationshipSpec relationship(Map<String, Object> spec) {
        Fields fields = new Fields(spec);
        Fields authentication = fields.object("messageAuthentication");
        Fields onDelete = fields.object("onDelete");
        return new DhcpFailoverRelationshipSpec(
                new ObjectName(fields.text("primaryServer")),
                new ObjectName(fields.text("secondaryServer")),
                DhcpFailoverRelationshipSpec.Mode.valueOf(fields.text("mode")),
                fields.optionalNumber("loadBalancePercent"),
                fields.has("activeServer") ? ServerRole.valueOf(fields.text("activeServer")) : null,
                fields.optionalNumber("reservePercent"),
                DurationFormat.parse(fields.text("maxClientLeadTime")),
                fields.has("stateSwitchInterval") ? DurationFormat.parse(fields.text("stateSwitchInterval")) : null,
                fields.truth("partnerDownOnProof"),
                new DhcpFailoverRelationshipSpec.MessageAuthentication(
                        authentication.truth("enabled"), secret(authentication, "secretRef")),
                DhcpFailoverRelationshipSpec.Replication.valueOf(fields.text("replication")),
                DurationFormat.parse(fields.text("loadBalanceMaxWait")),
                DurationFormat.parse(fields.text("contactInterval")),
                new DhcpFailoverRelationshipSpec.OnDelete(
                        ServerRole.valueOf(onDelete.text("keepScopesOn")),
                        PartnerCopy.valueOf(onDelete.text("partnerCopy"))));
    }

    /** A reference to a Secret; null where it is absent. */
    static @Nullable SecretReference secret(Fields fields, String name) {
        return fields.has(name)
                ? new SecretReference(new ObjectName(fields.object(name).text("name")))
                : null;
    }
}
