package io.dhcpfailover.lab.site;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dhcpfailover.lab.kubernetes.Admission;
import io.dhcpfailover.lab.kubernetes.SchemaAdmission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The schemas that ship, of which one default is another one here: servers reach each other by a port that needs no rights. */
final class LabAdmission implements Admission {

    private final Admission schemas = new SchemaAdmission();
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
        return schemas.admit(object, old);
    }
}
