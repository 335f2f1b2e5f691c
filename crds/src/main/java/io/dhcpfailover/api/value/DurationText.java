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
import io.dhcpfailover.api.schema.Rules;
import io.dhcpfailover.api.schema.TextSchema;
import io.fabric8.generator.annotation.Size;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;

/**
 * A {@link Duration} that is written as {@link DurationFormat} does. Where the field has a rule of its own, that
 * one and the shorter length hold, otherwise those of any duration.
 */
@JacksonAnnotationsInside
@JsonSerialize(using = DurationText.Writer.class)
@JsonDeserialize(using = DurationText.Reader.class)
@Size(max = Rules.DURATION_LENGTH_MAX) @TextSchema(
        minLength = 2,
        maxLength = 32,
        rule = "self.matches('^-?([0-9]{1,9}(ms|d|h|m|s))+$')",
        message = "must be a duration such as 30s, 5m, 1h30m or 8d")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface DurationText {

    /** Writes a duration. */
    final class Writer extends StdScalarSerializer<Duration> {
        private static final long serialVersionUID = 1;

        /** For Jackson. */
        public Writer() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(DurationFormat.print(value));
        }

        @Override
        public void acceptJsonFormatVisitor(JsonFormatVisitorWrapper visitor, JavaType type)
                throws JsonMappingException {
            visitor.expectStringFormat(type);
        }
    }

    /** Reads a duration. */
    final class Reader extends StdScalarDeserializer<Duration> {
        private static final long serialVersionUID = 1;

        /** For Jackson. */
        public Reader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return DurationFormat.parse(parser.getText());
            } catch (IllegalArgumentException e) {
                return (Duration) context.handleWeirdStringValue(Duration.class, parser.getText(), e.getMessage());
            }
        }
    }
}
