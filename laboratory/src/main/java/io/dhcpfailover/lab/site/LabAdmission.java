package io.dhcpfailover.lab.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dhcpfailover.lab.kubernetes.Admission;
import io.dhcpfailover.node.configuration.ManifestCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds objects to the API's schema, defaults and rules. One default is another one here: servers reach each other by a port
 * that needs no rights.
 */
final class LabAdmission implements Admission {

    private final ObjectMapper mapper = new ObjectMapper();
    private final ManifestCheck check = new ManifestCheck();
    private final int failoverPort;

    LabAdmission(int failoverPort) {
        this.failoverPort = failoverPort;
    }

    @Override
    public List<String> admit(ObjectNode object, @Nullable ObjectNode old) {
        if (object.path("kind").asText().equals("DhcpServer")
                && object.get("spec") instanceof ObjectNode spec
                && !spec.has("external")
                && !spec.has("failoverPort")) {
            spec.put("failoverPort", failoverPort);
        }
        ManifestCheck.Checked checked = check.check(object.toString(), old == null ? null : old.toString());
        if (checked.problems().isEmpty()) {
            try {
                ObjectNode content = (ObjectNode) mapper.readTree(checked.json());
                content.remove("metadata");
                object.setAll(content);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("what was checked is no JSON", e);
            }
        }
        return checked.problems();
    }
}
