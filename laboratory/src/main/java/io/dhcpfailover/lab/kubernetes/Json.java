package io.dhcpfailover.lab.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** Documents of the API as trees. */
final class Json {

    /** Reads and writes JSON. */
    static final ObjectMapper MAPPER = new ObjectMapper();

    /** Reads YAML. */
    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Json() {}

    /** The field of an object that is itself one, made where it is absent. */
    static ObjectNode object(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode object ? object : parent.putObject(field);
    }

    /** Sets a field, or removes it where the value is absent. */
    static void set(ObjectNode parent, String field, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            parent.remove(field);
        } else {
            parent.set(field, value);
        }
    }
}
