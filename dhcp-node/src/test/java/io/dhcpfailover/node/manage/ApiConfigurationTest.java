package io.dhcpfailover.node.manage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.node.ConfigurationAnswer;
import io.dhcpfailover.api.node.NodeApi;
import io.dhcpfailover.api.node.NodeStatus;
import io.dhcpfailover.api.node.ScopeReport;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server is told what to be, by mutual TLS: it takes all of it or nothing, and nothing that is older. */
@Timeout(300)
class ApiConfigurationTest {

    private static final String OFFICE = NodeApi.SCOPE.replace("{name}", "office");
    private static final String PAIR = NodeApi.RELATIONSHIP.replace("{name}", "pair");

    @TempDir
    private Path folder = Path.of("");

    private ApiSite site;

    @BeforeEach
    void start() throws Exception {
        site = new ApiSite(folder);
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    private HttpResponse<String> put(String document) throws Exception {
        return site.put(NodeApi.CONFIGURATION, document);
    }

    private static List<String> problems(HttpResponse<String> response) throws Exception {
        return ApiSite.answer(response).problems().stream()
                .map(problem -> (problem.object() == null ? "" : problem.object() + ": ") + problem.message())
                .toList();
    }

    @Test
    void whatItIsSentItServesAndSays() throws Exception {
        assertThat(site.status())
                .returns(false, NodeStatus::ready)
                .returns(0L, NodeStatus::generation)
                .returns(null, NodeStatus::hash);
        assertThat(site.get(NodeApi.CONFIGURATION).statusCode()).isEqualTo(404);

        ConfigurationAnswer answer = site.hold(Sent.alone(3, 2, "1h"));

        assertThat(answer.generation()).isEqualTo(3);
        NodeStatus status = site.status();
        assertThat(status)
                .returns("net", NodeStatus::namespace)
                .returns("dhcp1", NodeStatus::server)
                .returns(3L, NodeStatus::generation)
                .returns(answer.hash(), NodeStatus::hash)
                .returns(true, NodeStatus::authorized);
        assertThat(status.scopes())
                .singleElement()
                .satisfies(scope -> assertThat(scope)
                        .returns("office", ScopeReport::name)
                        .returns(2L, ScopeReport::generation)
                        .returns(10L, ScopeReport::free)
                        .returns(10L, ScopeReport::total));
    }

    @Test
    void theSameAgainChangesNothing() throws Exception {
        ConfigurationAnswer first = site.hold(Sent.alone(3, 2, "1h"));
        Instant appliedAt = site.status().scopes().getFirst().appliedAt();

        assertThat(site.hold(Sent.alone(3, 2, "1h"))).isEqualTo(first);
        assertThat(site.status().scopes().getFirst().appliedAt()).isEqualTo(appliedAt);
    }

    @Test
    void anOlderOneIsRefused() throws Exception {
        site.hold(Sent.alone(3, 2, "1h"));

        HttpResponse<String> older = put(Sent.alone(2, 3, "2h"));

        assertThat(older.statusCode()).isEqualTo(409);
        assertThat(problems(older)).singleElement().asString().contains("generation: 2 is older than 3");
        assertThat(ApiSite.answer(older).generation()).isEqualTo(3);
        assertThat(site.status().scopes().getFirst().generation()).isEqualTo(2);
    }

    @Test
    void anOlderObjectIsRefusedInANewerWhole() throws Exception {
        site.hold(Sent.alone(3, 5, "1h"));

        HttpResponse<String> older = put(Sent.alone(4, 4, "2h"));

        assertThat(older.statusCode()).isEqualTo(409);
        assertThat(problems(older))
                .singleElement()
                .asString()
                .contains("DhcpScope net/office: metadata.generation: 4 is older than 5");
    }

    @Test
    void anObjectThatWasMadeAnewBeginsAgain() throws Exception {
        site.hold(Sent.alone(3, 5, "1h").replace("\"name\": \"office\"", "\"name\": \"office\", \"uid\": \"a\""));

        site.hold(Sent.alone(4, 1, "2h").replace("\"name\": \"office\"", "\"name\": \"office\", \"uid\": \"b\""));

        assertThat(site.status().scopes().getFirst().generation()).isEqualTo(1);
    }

    @Test
    void somethingElseOfTheSameGenerationIsRefused() throws Exception {
        site.hold(Sent.alone(3, 2, "1h"));

        HttpResponse<String> other = put(Sent.alone(3, 3, "2h"));

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(problems(other)).singleElement().asString().contains("something else of the same generation 3");
    }

    @Test
    void anotherSecretIsSomethingElse() throws Exception {
        site.hold(Sent.pair(1));

        HttpResponse<String> other = put(Sent.pair(1).replace("battery", "bakery"));

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).doesNotContain("bakery");
        site.hold(Sent.pair(2).replace("battery", "bakery"));
    }

    @Test
    void allThatIsWrongIsNamedAndNothingIsTaken() throws Exception {
        site.hold(Sent.alone(1, 1, "1h"));

        HttpResponse<String> wrong = put(Sent.document(
                2,
                Sent.server("dhcp1", "127.0.0.1"),
                Sent.scope("office", 7, 2, "10s"),
                Sent.scope("lab", 8, 1, "1h").replace("10.8.0.19", "10.9.0.19"),
                Sent.scope("guests", 9, 1, "1h").replace("\"server\": \"dhcp1\"", "\"server\": \"dhcp7\"")));

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(problems(wrong))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("DhcpScope net/office: spec")
                        .contains("leaseDuration"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("DhcpScope net/lab: spec")
                        .contains("inside the subnet"));
        assertThat(site.status().scopes()).singleElement().returns(1L, ScopeReport::generation);
    }

    @Test
    void whatObjectsSayWrongOfEachOtherIsNamed() throws Exception {
        HttpResponse<String> wrong = put(Sent.document(
                1,
                Sent.server("dhcp1", "127.0.0.1"),
                Sent.scope("office", 7, 1, "1h"),
                Sent.scope("lab", 7, 1, "1h"),
                Sent.scope("guests", 9, 1, "1h").replace("\"server\": \"dhcp1\"", "\"server\": \"dhcp7\"")));

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(problems(wrong))
                .anySatisfy(problem -> assertThat(problem).contains("spec.server: there is no DhcpServer dhcp7"))
                .anySatisfy(problem -> assertThat(problem).contains("spec.subnet", "overlap"));
    }

    static Stream<String> notForThisServer() {
        return Stream.of(
                Sent.document(1, Sent.server("dhcp2", "127.0.0.2")),
                Sent.document(0, Sent.server("dhcp1", "127.0.0.1")),
                "{\"items\": []}",
                "{\"generation\": 1}",
                "{\"generation\": 1, \"items\": 7}",
                "{\"generation\": 1, \"items\": [7]}",
                "{\"generation\": \"1\", \"items\": []}",
                "{\"generation\": 1, \"items\": [{\"kind\": 7, \"metadata\": 7}]}",
                Sent.document(1, Sent.server("dhcp1", "127.0.0.1").replace("\"generation\": 1", "\"generation\": 0")));
    }

    @ParameterizedTest
    @MethodSource
    void notForThisServer(String document) throws Exception {
        HttpResponse<String> response = put(document);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(problems(response)).isNotEmpty();
    }

    static Stream<String> unreadable() {
        return Stream.of(
                "",
                "[]",
                "{",
                "{} {}",
                "{\"a\": 1, \"a\": 2}",
                "{\"items\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{\"generation\": 1" + "0".repeat(2000) + "}",
                "generation: 1");
    }

    @ParameterizedTest
    @MethodSource
    void unreadable(String body) throws Exception {
        HttpResponse<String> response = put(body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    }

    @Test
    void whatIsNoTextIsRefused() throws Exception {
        assertThat(site.put(NodeApi.CONFIGURATION, new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'})
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatIsNoJsonByItsTypeIsRefused() throws Exception {
        HttpResponse<String> response = site.send(HttpRequest.newBuilder(site.uri(NodeApi.CONFIGURATION))
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("message");
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        byte[] body = " ".repeat(17 << 20).getBytes(StandardCharsets.UTF_8);

        assertThat(site.put(NodeApi.CONFIGURATION, body).statusCode()).isEqualTo(413);
        assertThat(site.status().generation()).isZero();
    }

    @Test
    void oneScopeIsAddedAndChanged() throws Exception {
        assertThat(site.put(OFFICE, Sent.scope("office", 7, 1, "1h")).statusCode())
                .as("before there is a whole")
                .isEqualTo(409);
        ConfigurationAnswer whole = site.hold(Sent.document(1, Sent.server("dhcp1", "127.0.0.1")));

        HttpResponse<String> added = site.put(OFFICE, Sent.scope("office", 7, 2, "1h"));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
        assertThat(ApiSite.answer(added).hash()).isNotEqualTo(whole.hash());
        HttpResponse<String> changed = site.put(OFFICE, Sent.scope("office", 7, 3, "2h"));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);

        assertThat(site.status().scopes()).singleElement().returns(3L, ScopeReport::generation);
        assertThat(site.put(OFFICE, Sent.scope("office", 7, 3, "2h")).statusCode())
                .as("the same again")
                .isEqualTo(200);
        assertThat(site.put(OFFICE, Sent.scope("office", 7, 2, "1h")).statusCode())
                .as("an older one")
                .isEqualTo(409);
        assertThat(site.put(OFFICE, Sent.scope("office", 7, 3, "3h")).statusCode())
                .as("something else of the same generation")
                .isEqualTo(409);
        assertThat(site.put(OFFICE, Sent.scope("office", 7, 4, "1s")).statusCode())
                .as("a wrong one")
                .isEqualTo(422);
        assertThat(site.put(OFFICE, Sent.scope("lab", 8, 4, "1h")).statusCode())
                .as("one of another name")
                .isEqualTo(422);
    }

    @Test
    void whatNeverChangesIsRefusedWhereItDoes() throws Exception {
        site.hold(Sent.alone(1, 1, "1h"));

        HttpResponse<String> moved = site.put(OFFICE, Sent.scope("office", 8, 2, "1h"));

        assertThat(moved.statusCode()).isEqualTo(422);
        assertThat(problems(moved)).singleElement().asString().contains("subnet");
    }

    @Test
    void oneRelationshipIsChanged() throws Exception {
        site.hold(Sent.pair(1));

        HttpResponse<String> changed = site.put(PAIR, Sent.relationship(2, ", \"loadBalancePercent\": 70"));

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(site.status().relationships().getFirst().generation()).isEqualTo(2);
    }

    @Test
    void itShowsWhatItHoldsWithoutSecrets() throws Exception {
        site.hold(Sent.pair(1));

        assertThat(site.get(NodeApi.CONFIGURATION).body())
                .contains("\"generation\":1", "office", "\"kind\":\"Secret\"")
                .doesNotContain("correct horse");
    }

    @Test
    void itIsHeldAfterARestartWithNobodyElseThere() throws Exception {
        ConfigurationAnswer answer = site.hold(Sent.pair(7));
        Instant appliedAt = site.status().scopes().getFirst().appliedAt();

        site.restart();

        assertThat(site.status())
                .returns(7L, NodeStatus::generation)
                .returns(answer.hash(), NodeStatus::hash)
                .returns(true, NodeStatus::ready);
        assertThat(site.status().scopes().getFirst().appliedAt()).isEqualTo(appliedAt);
        assertThat(put(Sent.pair(6)).statusCode()).isEqualTo(409);
    }

    @Test
    void nobodyElseReadsWhatIsOnDisk() throws Exception {
        site.hold(Sent.pair(1));

        try (Stream<Path> files = Files.walk(site.state)) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .as(file.toString())
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void aStoredOneThatIsDamagedIsReportedAndReplaced() throws Exception {
        site.hold(Sent.alone(5, 1, "1h"));
        Path file = site.state.resolve("configuration").resolve("held.json");
        Files.writeString(file, Files.readString(file).substring(0, 200));

        site.restart();

        assertThat(site.status()).returns(false, NodeStatus::ready).returns(0L, NodeStatus::generation);
        assertThat(site.status().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).isEqualTo("ConfigurationRefused"));
        site.hold(Sent.alone(5, 1, "1h"));
        assertThat(site.status().problems()).isEmpty();
    }
}
