package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.schema.Rules;
import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ZoneName;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * Where clients' names are registered (RFC 2136), and by which server the two sides of a name are guarded
 * against other clients (RFC 4703).
 *
 * @param server the name server
 * @param port its port
 * @param forwardZone where names get addresses; null means no forward updates
 * @param reverseZone where addresses get names; null means no reverse updates
 * @param tsigSecretRef the key that signs updates
 */
@ApiType
@ValidationRule(
        value = "has(self.forwardZone) || has(self.reverseZone)",
        message = "give forwardZone, reverseZone or both: without them nothing can be registered")
public record DnsUpdate(
        @Required
        @ValidationRule(value = Rules.IS_HOST, message = Rules.IS_HOST_MESSAGE)
        @JsonPropertyDescription("The name server that takes updates of the zones.")
        Ipv4Address server,

        @Default("53") @Min(1) @Max(65535) @JsonPropertyDescription("Its port.")
        Integer port,

        @JsonPropertyDescription("The zone in which names get their addresses, such as example.org.") @Nullable ZoneName forwardZone,

        @JsonPropertyDescription("The zone in which addresses get their names, such as 2.0.192.in-addr.arpa.") @Nullable ZoneName reverseZone,

        @JsonPropertyDescription(
                "The Secret with the TSIG key (RFC 8945) that signs updates: keyName, algorithm and secret.")
        @Nullable SecretReference tsigSecretRef) {
    /** Takes what is absent as its default, where a document has not passed the schema. */
    public DnsUpdate {
        port = port == null ? 53 : port;
    }
}
