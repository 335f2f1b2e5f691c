package io.dhcpfailover.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dhcpfailover.api.testing.RandomSpecs;
import io.dhcpfailover.api.testing.Seeds;
import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every field of a spec is read as Jackson writes it. */
class SpecReaderTest {

    private static final int SPECS = 300;
    private static final ObjectMapper JSON =
            new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    private static Map<String, Object> written(Object spec) {
        return Values.object(JsonReader.read(JSON.valueToTree(spec).toString()).getFirst());
    }

    @Test
    void aServerIsReadWithoutItsPodTemplate() {
        Seeds.forEach(SPECS, random -> {
            DhcpServerSpec spec = new RandomSpecs(random).serverSpec();

            assertThat(SpecReader.server(written(spec)))
                    .isEqualTo(new DhcpServerSpec(
                            spec.nodeName(),
                            spec.interfaces(),
                            spec.serverAddress(),
                            spec.failoverAddress(),
                            spec.failoverPort(),
                            spec.authorized(),
                            spec.leaseQueryFrom(),
                            spec.storage(),
                            spec.external(),
                            null));
        });
    }

    @Test
    void aRelationshipIsReadAsItIs() {
        Seeds.forEach(SPECS, random -> {
            var spec = new RandomSpecs(random).relationshipSpec();

            assertThat(SpecReader.relationship(written(spec))).isEqualTo(spec);
        });
    }

    @Test
    void aScopeIsReadAsItIs() {
        Seeds.forEach(SPECS, random -> {
            var spec = new RandomSpecs(random).scopeSpec();

            assertThat(ScopeReader.scope(written(spec))).isEqualTo(spec);
        });
    }
}
