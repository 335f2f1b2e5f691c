package io.dhcpfailover.api.value;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.dhcpfailover.api.schema.TextSchema;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** An {@link Instant} that is written as RFC 3339 says, in UTC, as Kubernetes does. */
@JacksonAnnotationsInside
@JsonSerialize(using = TimeText.Writer.class)
@JsonDeserialize(using = TimeText.Reader.class)
@TextSchema(
        minLength = 20,
        maxLength = 35,
        rule =
                "self.matches('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-](0[0-9]|1[0-7]):[0-5][0-9])$')"
                        + " && timestamp(self) > timestamp('0001-01-02T00:00:00Z')",
        message = "must be a time such as 2026-01-31T12:00:00Z")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface TimeText {

    /** Writes an instant. */
    final class Writer extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1;

        /** For Jackson. */
        public Writer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(value.toString());
        }

        @Override
        public void acceptJsonFormatVisitor(JsonFormatVisitorWrapper visitor, JavaType type)
                throws JsonMappingException {
            visitor.expectStringFormat(type);
        }
    }

    /** Reads an instant. */
    final class Reader extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1;

        /** For Jackson. */
        public Reader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return OffsetDateTime.parse(parser.getText()).toInstant();
            } catch (DateTimeParseException e) {
                return (Instant) context.handleWeirdStringValue(
                        Instant.class, parser.getText(), "not a time such as 2026-01-31T12:00:00Z");
            }
        }
    }
}
