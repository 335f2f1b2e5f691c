package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.dhcpfailover.api.schema.ApiType;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * An option by its code, for those that have no field of their own.
 *
 * @param code the option's code
 * @param type how its value is written
 * @param value its value
 */
@ApiType
@ValidationRule(
        value = "!(self.code in [50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 61, 80, 81, 82, 90, 91, 92, 118, 145])",
        message =
                "codes 50 to 59, 61, 80 to 82, 90 to 92, 118 and 145 are the protocol's own: the server sets them itself",
        fieldPath = ".code")
@ValidationRule(
        value =
                "!(self.code in [1, 3, 6, 7, 12, 15, 26, 28, 42, 43, 44, 46, 66, 67, 100, 101, 108, 114, 116, 119, 121, 150])",
        message =
                "this code has a field of its own: use that in options, subnet for 1, or a reservation's hostname for 12",
        fieldPath = ".code")
@ValidationRule(
        value = "self.type != 'IPv4Address' || self.value.split(',', 8).all(a, isIP(a) && ip(a).family() == 4)",
        message =
                "a value of type IPv4Address must be one to eight IPv4 addresses with commas and no spaces between them, such as 192.0.2.1,192.0.2.2",
        fieldPath = ".value")
@ValidationRule(
        value = "self.type != 'Hex' || self.value.matches('^([0-9A-Fa-f]{2})+$')",
        message = "a value of type Hex must be octets in hexadecimal, such as 0104c0000201",
        fieldPath = ".value")
@ValidationRule(
        value = "self.type != 'Boolean' || self.value in ['true', 'false']",
        message = "a value of type Boolean must be true or false",
        fieldPath = ".value")
@ValidationRule(
        value = "self.type != 'DomainName' || self.value.matches('^([\\\\w-]{1,63}(\\\\.|$))+$')",
        message = "a value of type DomainName must be a domain name such as example.org",
        fieldPath = ".value")
@ValidationRule(
        value = "self.type != 'DomainName' || self.value.size() <= 253",
        message = "a value of type DomainName must have at most 253 characters",
        fieldPath = ".value")
@ValidationRule(
        value =
                "!(self.type in ['Uint8', 'Uint16', 'Uint32']) || self.value.matches('^[0-9]{1,10}$') && int(self.value) <= {'Uint8': 255, 'Uint16': 65535, 'Uint32': 4294967295}[self.type]",
        message = "a value of type Uint8, Uint16 or Uint32 must be a number from 0 to 255, 65535 or 4294967295",
        fieldPath = ".value")
@ValidationRule(
        value =
                "self.type != 'Int32' || (self.value.matches('^-?[0-9]{1,10}$') && int(self.value) >= -2147483648 && int(self.value) <= 2147483647)",
        message = "a value of type Int32 must be a number from -2147483648 to 2147483647",
        fieldPath = ".value")
@ValidationRule(
        value = "self.type != 'Text' || !self.value.matches('[\\\\x00-\\\\x1f]')",
        message = "a value of type Text must not have control characters: use Hex for octets",
        fieldPath = ".value")
public record CustomOption(
        @Required @Min(1) @Max(254) @JsonPropertyDescription("The option's code.")
        int code,

        @Required @JsonPropertyDescription("How the value is written.")
        Type type,

        @Required
        @Size(min = 1, max = 255) @JsonPropertyDescription(
                "The value: of type IPv4Address one to eight addresses with commas between them; of type Text characters, sent as UTF-8; of type Hex octets in hexadecimal; Boolean true or false, sent as one octet; DomainName a name, sent as RFC 1035 encodes it; Uint8, Uint16, Uint32 and Int32 a number.")
        String value) {

    /** How the value of an option is written. */
    public enum Type {
        /** One or more addresses. */
        IPv4Address,
        /** Characters, sent as UTF-8. */
        Text,
        /** Octets in hexadecimal. */
        Hex,
        /** One octet, 1 or 0. */
        Boolean,
        /** A domain name, sent as RFC 1035 encodes it. */
        DomainName,
        /** A number of one octet. */
        Uint8,
        /** A number of two octets. */
        Uint16,
        /** A number of four octets. */
        Uint32,
        /** A number of four octets that may be negative. */
        Int32
    }
}
