package io.dhcpfailover.node.configuration;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Reads specs that passed the schema as the API's types. */
final class SpecReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SpecReader() {}

    /**
     * The spec as one of the API's types.
     *
     * @throws UncheckedIOException when the type does not take what the schema let pass
     */
    static <S> S read(Map<String, Object> spec, Class<S> type) {
        // Not convertValue, which would need Jackson's writers too: their classes take as long to load as its readers.
        try (TokenBuffer tokens = new TokenBuffer(JSON, false)) {
            write(spec, tokens);
            return JSON.readValue(tokens.asParser(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Object value, JsonGenerator tokens) throws IOException {
        if (value instanceof Map) {
            tokens.writeStartObject();
            for (Map.Entry<String, Object> field : Values.object(value).entrySet()) {
                tokens.writeFieldName(field.getKey());
                write(field.getValue(), tokens);
            }
            tokens.writeEndObject();
        } else if (value instanceof List<?> list) {
            tokens.writeStartArray();
            for (Object element : list) {
                write(element, tokens);
            }
            tokens.writeEndArray();
        } else if (value instanceof String text) {
            tokens.writeString(text);
        } else if (value instanceof Boolean truth) {
            tokens.writeBoolean(truth);
        } else if (value instanceof Long number) {
            tokens.writeNumber(number);
        } else if (value instanceof Double number) {
            tokens.writeNumber(number);
        } else {
            tokens.writeNull();
        }
    }
}
