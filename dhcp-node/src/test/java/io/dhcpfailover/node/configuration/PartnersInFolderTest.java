package io.dhcpfailover.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import io.dhcpfailover.node.failover.message.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder says of how partners reach and trust each other. */
class PartnersInFolderTest {

    private static final ObjectName PAIR = new ObjectName("pair");

    @TempDir
    private Path folder;

    @BeforeEach
    void aPairOfServers() throws IOException {
        write("servers.yaml", Samples.server("dhcp1") + Samples.server("dhcp2"));
        write("pair.yml", Samples.relationship("pair", "dhcp1", "dhcp2"));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private ServerManifests load() throws ManifestException {
        return new ManifestFolder(folder, null, new ObjectName("dhcp1")).load();
    }

    private String refusal() {
        ManifestException refusal = catchThrowableOfType(ManifestException.class, this::load);
        assertThat(refusal).as("the folder must be refused").isNotNull();
        return refusal.getMessage() == null ? "" : refusal.getMessage();
    }

    @Test
    void aSecretIsReadAsTextAndInBase64() throws Exception {
        write("secret.yaml", Samples.secret("shared", "stringData: {current: correct horse}"));
        assertThat(load().secrets()).isEqualTo(Map.of(PAIR, Secrets.of("correct horse")));
        write("secret.yaml", Samples.secret("shared", "data: {current: Y29ycmVjdCBob3JzZQ==}"));
        assertThat(load().secrets()).isEqualTo(Map.of(PAIR, Secrets.of("correct horse")));
    }

    @Test
    void aRotationHasTwoSecrets() throws Exception {
        write("secret.yaml", Samples.secret("shared", "stringData: {current: correct horse, next: battery staple}"));

        assertThat(load().secrets()).isEqualTo(Map.of(PAIR, Secrets.of("correct horse", "battery staple")));
    }

    @Test
    void anotherSecretIsAChange() throws Exception {
        write("secret.yaml", Samples.secret("shared", "stringData: {current: correct horse}"));
        ServerManifests before = load();
        write("secret.yaml", Samples.secret("shared", "stringData: {current: battery staple}"));

        assertThat(load()).isNotEqualTo(before);
    }

    @Test
    void withoutItsSecretARelationshipIsRefused() {
        assertThat(refusal())
                .isEqualTo("pair.yml: DhcpFailoverRelationship pair: spec.messageAuthentication.secretRef: there is no"
                        + " Secret shared in the namespace default (there is none): name one of these, or add it");
    }

    @Test
    void withoutAReferenceARelationshipIsRefused() throws Exception {
        write("pair.yml", Samples.relationship("pair", "dhcp1", "dhcp2", "mode: LoadBalance"));

        assertThat(refusal())
                .contains("secretRef: nobody generates a Secret outside of Kubernetes", "enabled to false");
    }

    @Test
    void withoutAuthenticationItRunsWhereThatIsSaid() throws Exception {
        write("pair.yml", Samples.relationship("pair", "dhcp1", "dhcp2", "messageAuthentication: {enabled: false}"));

        assertThat(load().secrets()).isEmpty();
    }

    @Test
    void aSecretWithoutTheKeyOrWithAnEmptyOneIsRefused() throws Exception {
        for (String values : new String[] {"stringData: {other: x}", "data: {current: ''}", "type: a"}) {
            write("secret.yaml", Samples.secret("shared", values).replace("type: Opaque\ntype: a", "type: a"));
            assertThat(refusal()).contains("Secret shared: data.current: it has no such key");
        }
    }

    @Test
    void aSecretThatIsNotInBase64IsRefusedWithoutItsText() throws Exception {
        write("secret.yaml", Samples.secret("shared", "data: {current: hunter2!}"));

        assertThat(refusal()).contains("not in base64").doesNotContain("hunter2");
    }

    @Test
    void nothingSaysASecret() throws Exception {
        write("secret.yaml", Samples.secret("shared", "stringData: {current: hunter2}"));

        assertThat(load()).asString().doesNotContain("hunter2");
    }

    @Test
    void aPartnerOfTheDraftHasNoAuthentication() throws Exception {
        write(
                "servers.yaml",
                Samples.server("dhcp1")
                        + Samples.object("DhcpServer", "dhcp2", "external: {address: 203.0.113.5, protocol: Draft12}"));
        assertThat(refusal()).contains("spec.messageAuthentication.enabled: a partner that speaks Draft12");
        write("pair.yml", Samples.relationship("pair", "dhcp1", "dhcp2", "messageAuthentication: {enabled: false}"));

        assertThat(load().secrets()).isEmpty();
    }

    @Test
    void aPartnerWithoutAnAddressIsRefused() throws Exception {
        write("secret.yaml", Samples.secret("shared", "stringData: {current: correct horse}"));
        write("servers.yaml", Samples.server("dhcp1") + Samples.object("DhcpServer", "dhcp2", "nodeName: node-2"));

        assertThat(refusal())
                .contains("servers.yaml: DhcpServer dhcp2: spec.failoverAddress: it is needed here", "dhcp1 reaches");
    }

    @Test
    void whereAServerIsReachedItsSpecSays() throws Exception {
        write("secret.yaml", Samples.secret("shared", "stringData: {current: correct horse}"));
        write(
                "servers.yaml",
                Samples.server("dhcp1")
                        + Samples.object(
                                "DhcpServer",
                                "dhcp2",
                                "nodeName: node-2, serverAddress: 192.0.2.9, failoverPort: 1647"));

        assertThat(FailoverEndpoint.of(load().partners().getFirst().spec()))
                .isEqualTo(new FailoverEndpoint(Ipv4Address.parse("192.0.2.9"), 1647));
        assertThat(FailoverEndpoint.of(load().server().spec()))
                .isEqualTo(new FailoverEndpoint(Ipv4Address.parse("203.0.113.101"), 647));
    }
}
