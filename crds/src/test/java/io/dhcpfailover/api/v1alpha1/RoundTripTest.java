package io.dhcpfailover.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dhcpfailover.api.testing.RandomSpecs;
import io.dhcpfailover.api.testing.RandomStatuses;
import io.dhcpfailover.api.testing.Seeds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written is read again as the same. */
class RoundTripTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void aServer() {
        Seeds.forEach(
                500,
                random -> roundTrip(
                        new DhcpServer(),
                        new RandomSpecs(random).serverSpec(),
                        new RandomStatuses(random).serverStatus()));
    }

    @Test
    void aScope() {
        Seeds.forEach(
                500,
                random -> roundTrip(
                        new DhcpScope(),
                        new RandomSpecs(random).scopeSpec(),
                        new RandomStatuses(random).scopeStatus()));
    }

    @Test
    void aRelationshipWithItsStatus() {
        Seeds.forEach(
                500,
                random -> roundTrip(
                        new DhcpFailoverRelationship(),
                        new RandomSpecs(random).relationshipSpec(),
                        new RandomStatuses(random).relationshipStatus()));
    }

    @Test
    void anAction() {
        Seeds.forEach(
                500,
                random -> roundTrip(
                        new DhcpFailoverAction(),
                        new RandomSpecs(random).actionSpec(),
                        new RandomStatuses(random).actionStatus()));
    }

    @Test
    void anObjectOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> YAML.readValue("{kind: DhcpScope, spec: {}}", DhcpServer.class))
                .hasMessageContaining("a DhcpScope where a DhcpServer is expected");
    }

    @Test
    void objectsAreEqualByWhatTheySay() {
        DhcpServer one = new DhcpServer();
        DhcpServer other = new DhcpServer();
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);

        other.getMetadata().setName("dhcp1");
        assertThat(one).isNotEqualTo(other);
        assertThat(other).hasToString("DhcpServer null/dhcp1");
    }

    @Test
    void aFieldOfANewerVersionIsPassedOver() throws JsonProcessingException {
        String yaml = """
                apiVersion: dhcpfailover.io/v1alpha1
                kind: DhcpServer
                metadata: {name: dhcp1}
                spec: {nodeName: node-1, failoverPort: 647, authorized: true, fieldOfTomorrow: 1}
                somethingElse: true
                """;

        DhcpServer server = YAML.readValue(yaml, DhcpServer.class);

        assertThat(server.getSpec())
                .isNotNull()
                .satisfies(spec -> assertThat(spec.nodeName()).hasToString("node-1"));
    }

    private static <S, T> void roundTrip(DhcpResource<S, T> object, S spec, @Nullable T status)
            throws JsonProcessingException {
        object.getMetadata().setName("name");
        object.setSpec(spec);
        object.setStatus(status);

        String text = YAML.writeValueAsString(object);
        DhcpResource<?, ?> read = YAML.readValue(text, object.getClass());

        assertThat(read.getSpec()).isEqualTo(spec);
        assertThat(read.getStatus()).isEqualTo(status);
        assertThat(read.getKind()).isEqualTo(object.getClass().getSimpleName());
        assertThat(read.getApiVersion()).isEqualTo("dhcpfailover.io/v1alpha1");
        assertThat(YAML.writeValueAsString(read)).isEqualTo(text);
    }
}
