package io.dhcpfailover.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import io.dhcpfailover.api.value.ObjectName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder is read whole, and refused with all that is wrong in it. */
class ManifestFolderTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void aPairOfServers() throws IOException {
        write("servers.yaml", Samples.server("dhcp1") + Samples.server("dhcp2"));
        write("pair.yml", Samples.relationship("pair", "dhcp1", "dhcp2"));
        write("secret.yaml", Samples.secret("shared", "stringData: {current: correct horse}"));
        write("office.yaml", Samples.scope("office", "192.0.2.0", "failoverRelationship: pair"));
        write("lab.yaml", Samples.scope("lab", "198.51.100.0", "server: dhcp2"));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private ServerManifests load(String server) throws ManifestException {
        return new ManifestFolder(folder, null, new ObjectName(server)).load();
    }

    private String refusal(String server) {
        ManifestException refusal = catchThrowableOfType(ManifestException.class, () -> load(server));
        assertThat(refusal).as("the folder must be refused").isNotNull();
        return refusal.getMessage() == null ? "" : refusal.getMessage();
    }

    @Test
    void aServerHasItsRelationshipsPartnersAndScopes() throws Exception {
        ServerManifests manifests = load("dhcp2");

        assertThat(manifests.namespace()).isEqualTo("default");
        assertThat(manifests.server().name()).hasToString("dhcp2");
        assertThat(manifests.relationships()).hasSize(1).first().satisfies(pair -> {
            assertThat(manifests.roleIn(pair)).isEqualTo(ServerRole.Secondary);
            assertThat(manifests.partnerIn(pair).name()).hasToString("dhcp1");
            assertThat(manifests.scopesIn(pair)).extracting(Manifest::name).containsExactly(new ObjectName("office"));
        });
        assertThat(manifests.scopes())
                .extracting(Manifest::name)
                .containsExactly(new ObjectName("lab"), new ObjectName("office"));
    }

    @Test
    void aServerHasNothingOfOthers() throws Exception {
        assertThat(load("dhcp1").scopes()).extracting(Manifest::name).containsExactly(new ObjectName("office"));
    }

    @Test
    void aListAndJsonAreReadAsWell() throws Exception {
        Files.delete(folder.resolve("lab.yaml"));
        write("list.json", """
                {"apiVersion": "v1", "kind": "List", "items": [
                \t{"apiVersion": "dhcpfailover.io/v1alpha1", "kind": "DhcpScope", "metadata": {"name": "lab", "generation": 7},
                \t "spec": {"subnet": "198.51.100.0/24", "server": "dhcp1",
                \t          "ranges": [{"start": "198.51.100.1", "end": "198.51.100.9"}]}}]}
                """);

        assertThat(load("dhcp1").scopes())
                .filteredOn(scope -> scope.name().text().equals("lab"))
                .singleElement()
                .returns(7L, Manifest::generation);
    }

    @Test
    void whatBeginsAsJsonMayBeYaml() throws Exception {
        ServerManifests before = load("dhcp1");
        write("flow.yaml", "{apiVersion: v1, kind: ConfigMap}\n---\n" + Samples.server("dhcp3"));

        assertThat(load("dhcp1")).isEqualTo(before);
        assertThat(load("dhcp3").server().name()).hasToString("dhcp3");
    }

    @Test
    void aliasesMergesAndPlainTextsAreReadAsKubectlReadsThem() throws Exception {
        write("office.yaml", """
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpScope
                metadata: {name: office}
                spec:
                  subnet: 192.0.2.0/24
                  failoverRelationship: pair
                  options: &options {routers: [192.0.2.1], mtu: 0x5dc, autoConfigure: off}
                  reservations:
                    - {address: 192.0.2.5, macAddress: 52:54:00:12:34:56, options: {<<: *options, mtu: 1400}}
                """);

        assertThat(load("dhcp1").scopes()).singleElement().satisfies(scope -> {
            assertThat(scope.spec().options()).isNotNull().satisfies(options -> {
                assertThat(options.mtu()).isEqualTo(1500);
                assertThat(options.autoConfigure()).isFalse();
            });
            assertThat(scope.spec().reservations().getFirst().options())
                    .isNotNull()
                    .satisfies(options -> {
                        assertThat(options.mtu()).isEqualTo(1400);
                        assertThat(options.routers()).hasSize(1);
                    });
        });
    }

    @Test
    void otherKindsAndFilesArePassedOver() throws Exception {
        ServerManifests before = load("dhcp1");
        write("kustomization.yaml", "resources: [office.yaml]");
        write(".hidden.yaml", "half: [");
        write("notes.txt", "half: [");
        write("foreign.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n---\n# nothing\n");
        write("action.yaml", """
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpFailoverAction
                metadata: {name: a}
                spec: {}
                """);
        Files.createDirectory(folder.resolve("folder.yaml"));

        assertThat(load("dhcp1")).isEqualTo(before);
    }

    @Test
    void anotherSpecHasAnotherGeneration() throws Exception {
        long before = load("dhcp1").scopes().getFirst().generation();
        write("office.yaml", Samples.scope("office", "192.0.2.0", "failoverRelationship: pair, leaseDuration: 9d"));

        assertThat(load("dhcp1").scopes().getFirst().generation()).isPositive().isNotEqualTo(before);
    }

    @Test
    void anUnknownServerIsToldWithThoseThatThereAre() {
        assertThat(refusal("dhcp9")).contains("there is no DhcpServer dhcp9 in", "there is dhcp1, dhcp2");
    }

    @Test
    void aServerThatRunsElsewhereIsNotRun() throws Exception {
        write(
                "servers.yaml",
                Samples.server("dhcp1")
                        + Samples.object("DhcpServer", "dhcp2", "external: {address: 203.0.113.5, protocol: Native}"));

        assertThat(refusal("dhcp2"))
                .contains("servers.yaml: DhcpServer dhcp2: spec.external: this server cannot be run");
        assertThat(load("dhcp1").partners()).hasSize(1);
    }

    @Test
    void namesOfWhatIsNotThereAreTold() throws Exception {
        write("pair.yml", Samples.relationship("pair", "dhcp1", "dhcp3"));
        write("lab.yaml", Samples.scope("lab", "198.51.100.0", "server: dhcp4"));
        write("attic.yaml", Samples.scope("attic", "203.0.113.0", "failoverRelationship: triple"));

        assertThat(refusal("dhcp1"))
                .contains(
                        "pair.yml: DhcpFailoverRelationship pair: spec.secondaryServer: there is no DhcpServer dhcp3",
                        "lab.yaml: DhcpScope lab: spec.server: there is no DhcpServer dhcp4",
                        "attic.yaml: DhcpScope attic: spec.failoverRelationship: there is no DhcpFailoverRelationship triple in the namespace default (there is pair)");
    }

    @Test
    void anObjectThatStandsTwiceIsTold() throws Exception {
        write("more.yaml", Samples.server("dhcp1"));

        assertThat(refusal("dhcp1"))
                .isEqualTo(
                        "servers.yaml: DhcpServer dhcp1: it stands in more.yaml too: remove one, or give it another name");
    }

    @Test
    void scopesOfAServerThatOverlapAreTold() throws Exception {
        write("cellar.yaml", Samples.scope("cellar", "192.0.2.0", "server: dhcp1"));
        write("shed.yaml", Samples.scope("shed", "192.0.2.0", "server: dhcp1"));

        assertThat(refusal("dhcp1").lines()).hasSize(2).allMatch(line -> line.contains("overlap"));
        assertThat(load("dhcp2").scopes()).hasSize(2);
    }

    @Test
    void aNamespaceIsAWorldOfItsOwn() throws Exception {
        write(
                "north.yaml",
                (Samples.server("dhcp1") + Samples.scope("office", "192.0.2.0", "server: dhcp1"))
                        .replace("metadata: {", "metadata: {namespace: north, "));

        assertThat(refusal("dhcp1")).contains("in each of the namespaces default, north");
        ServerManifests north = new ManifestFolder(folder, "north", new ObjectName("dhcp1")).load();
        assertThat(north.namespace()).isEqualTo("north");
        assertThat(north.relationships()).isEmpty();
        assertThat(north.scopes()).hasSize(1);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() throws Exception {
        write("lab.yaml", Samples.scope("lab", "198.51.100.1", "server: dhcp2, leaseDuration: 1s"));
        write("half.yaml", "spec: {a: [");
        write("empty.yaml", "metadata: {name: a}");
        write("latin.yaml", "");
        Files.write(folder.resolve("latin.yaml"), "# café".getBytes(StandardCharsets.ISO_8859_1));
        write("old.yaml", Samples.server("dhcp5").replace("v1alpha1", "v1"));

        assertThat(refusal("dhcp1").lines())
                .anyMatch(line -> line.startsWith(
                        "lab.yaml: DhcpScope lab: spec.subnet: Invalid value: \"198.51.100.1/24\": must be"))
                .anyMatch(line -> line.startsWith("lab.yaml: DhcpScope lab: spec.leaseDuration: "))
                .anyMatch(line -> line.startsWith("half.yaml: line 1, column 1"))
                .anyMatch(line -> line.equals("empty.yaml: kind not set: a manifest says both as texts"))
                .anyMatch(line -> line.equals("latin.yaml: it is not text in UTF-8: save it as such"))
                .anyMatch(
                        line -> line.equals(
                                "old.yaml: DhcpServer dhcp5: no matches for kind \"DhcpServer\" in version \"dhcpfailover.io/v1\""));
    }

    @Test
    void whatMayNotChangeMayNotChange() throws Exception {
        ManifestFolder read = new ManifestFolder(folder, null, new ObjectName("dhcp1"));
        read.load();
        write("office.yaml", Samples.scope("office", "203.0.113.0", "failoverRelationship: pair"));

        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(read::load)
                .withMessage(
                        "office.yaml: DhcpScope office: spec.subnet: Invalid value: \"object\": subnet is immutable,"
                                + " because leases depend on it: create another DhcpScope for the other network");
    }

    @Test
    void aFolderThatIsNotThereIsTold() throws Exception {
        Path nowhere = folder.resolve("nowhere");

        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(() -> new ManifestFolder(nowhere, null, new ObjectName("dhcp1")).load())
                .withMessageContaining("nowhere does not exist");
        assertThatExceptionOfType(ManifestException.class)
                .isThrownBy(() -> new ManifestFolder(folder.resolve("lab.yaml"), null, new ObjectName("dhcp1")).load())
                .withMessageContaining("lab.yaml is not a folder");
    }

    @Test
    void moreThanCanBeMeantIsNotRead() throws Exception {
        try (var large = Files.newByteChannel(
                folder.resolve("large.yaml"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            large.position(ManifestFiles.SIZE_MAX);
            large.write(ByteBuffer.allocate(1));
        }

        assertThat(refusal("dhcp1")).contains("octets in manifests, and may have 67108864");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 30})
    void aBombOfAliasesIsNotUnfolded(int width) throws Exception {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i <= 26; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(width / 2) + "x"));
        }
        write("bomb.yaml", bomb.toString());

        assertThat(refusal("dhcp1")).startsWith("bomb.yaml: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "- "})
    void whatIsNestedTooDeepIsNotRead(String level) throws Exception {
        write("deep.yaml", level.repeat(100_000));

        assertThat(refusal("dhcp1")).startsWith("deep.yaml: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [%s1]", "{\"a\": [%s1]}"})
    void whatHasTooManyValuesIsNotRead(String text) throws Exception {
        write("many.yaml", text.formatted("1,".repeat(YamlReader.VALUES_MAX)));

        assertThat(refusal("dhcp1")).startsWith("many.yaml: ").contains("more than 1000000 values");
    }

    @Test
    void anAliasOfItselfIsNotRead() throws Exception {
        write("ring.yaml", "a: &a [*a]");

        assertThat(refusal("dhcp1")).startsWith("ring.yaml: ");
    }
}
