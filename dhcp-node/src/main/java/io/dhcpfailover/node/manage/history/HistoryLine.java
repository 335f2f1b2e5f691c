package io.dhcpfailover.node.manage.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.dhcpfailover.node.engine.LeaseEvent;
import io.dhcpfailover.node.lease.Binding;
import io.dhcpfailover.node.wire.DhcpOption;
import io.dhcpfailover.node.wire.HardwareAddress;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history: an event of a lease as a JSON object of texts, in which what a client sent cannot be taken for
 * anything else.
 *
 * @param fields by name, in their order
 */
public record HistoryLine(Map<String, String> fields) {

    /** When it happened, such as 2026-01-31T08:00:00Z. */
    public static final String TIME = "time";

    /** Which server saw it. */
    public static final String SERVER = "server";

    /** What happened: a {@link LeaseEvent.Action}. */
    public static final String ACTION = "action";

    /** Of which address. */
    public static final String ADDRESS = "address";

    /** The scope of the address; absent where no scope has it. */
    public static final String SCOPE = "scope";

    /** The client, in hexadecimal: its identifier, or its hardware type and address. */
    public static final String CLIENT = "client";

    /** Its hardware address. */
    public static final String HARDWARE = "hardwareAddress";

    /** The host name that it sends, with all but letters, digits, points and hyphens escaped. */
    public static final String HOST_NAME = "hostName";

    /** The address of the relay that it came by. */
    public static final String RELAY = "relay";

    /** What the relay says of it (option 82), in hexadecimal. */
    public static final String RELAY_AGENT_INFORMATION = "relayAgentInformation";

    /** When its lease ends; Unlimited where it does not. */
    public static final String END = "end";

    /** What {@link #END} says where a lease never ends. */
    public static final String UNLIMITED = "Unlimited";

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final HexFormat HEX = HexFormat.of();

    /** Keeps the order. */
    public HistoryLine {
        fields = new LinkedHashMap<>(fields);
    }

    /** An event at a server. */
    public static HistoryLine of(LeaseEvent event, String server) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(TIME, Instant.ofEpochSecond(event.time()).toString());
        fields.put(SERVER, server);
        fields.put(ACTION, event.action().name());
        fields.put(ADDRESS, event.address().toString());
        put(fields, SCOPE, event.scope());
        put(fields, CLIENT, event.client());
        HardwareAddress hardware = event.hardware();
        put(fields, HARDWARE, hardware == null || hardware.length() == 0 ? null : hardware);
        byte[] name = event.details().value(DhcpOption.HOST_NAME.code());
        put(fields, HOST_NAME, name == null ? null : ClientText.escaped(name));
        put(fields, RELAY, event.relay());
        byte[] information = event.details().value(DhcpOption.RELAY_AGENT_INFORMATION.code());
        put(fields, RELAY_AGENT_INFORMATION, information == null ? null : HEX.formatHex(information));
        fields.put(
                END,
                event.end() == Binding.UNLIMITED
                        ? UNLIMITED
                        : Instant.ofEpochSecond(event.end()).toString());
        return new HistoryLine(fields);
    }

    private static void put(Map<String, String> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }

    /** The value of a field; null where it is absent. */
    public @Nullable String get(String name) {
        return fields.get(name);
    }

    /** When it happened. */
    public Instant time() {
        return Instant.parse(Objects.requireNonNull(get(TIME)));
    }

    /** When the lease ends; {@link Instant#MAX} where it does not. */
    Instant end() {
        String end = get(END);
        if (end == null) {
            return Instant.MIN;
        }
        return end.equals(UNLIMITED) ? Instant.MAX : Instant.parse(end);
    }

    /** Whether the client of the line has the address from then on. */
    boolean begins() {
        String action = get(ACTION);
        return LeaseEvent.Action.ASSIGNED.name().equals(action)
                || LeaseEvent.Action.RENEWED.name().equals(action)
                || LeaseEvent.Action.PARTNER_ASSIGNED.name().equals(action);
    }

    /** One line of plain ASCII, without its end. */
    public String text() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> field : fields.entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The line of a text; null where it is none, as the last one of a file may be after a power cut. */
    static @Nullable HistoryLine of(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING) {
                    return null;
                }
                fields.put(name, json.getText());
            }
            if (json.currentToken() != JsonToken.END_OBJECT) {
                return null;
            }
            HistoryLine line = new HistoryLine(fields);
            Objects.requireNonNull(line.time());
            Objects.requireNonNull(line.end());
            return line;
        } catch (IOException | DateTimeException | NullPointerException e) {
            return null;
        }
    }
}
