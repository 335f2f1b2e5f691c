package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dhcpfailover.node.configuration.ManifestCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds objects to the schemas, defaults and rules that ship. */
public final class SchemaAdmission implements Admission {

    private final ManifestCheck check = new ManifestCheck();

    @Override
    public List<String> admit(ObjectNode object, @Nullable ObjectNode old) {
        ManifestCheck.Checked checked = check.check(object.toString(), old == null ? null : old.toString());
        if (checked.problems().isEmpty()) {
            try {
                ObjectNode content = (ObjectNode) Json.MAPPER.readTree(checked.json());
                content.remove("metadata");
                object.setAll(content);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("what was checked is no JSON", e);
            }
        }
        return checked.problems();
    }
}
