package io.dhcpfailover.api.node;

import io.dhcpfailover.api.schema.ApiType;
import io.dhcpfailover.api.value.TimeText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong at a server.
 *
 * @param reason in CamelCase, for programs: PortInUse, InterfaceMissing, StorageFailing, ClockSkew, AuthenticationFailed,
 *     AddressClash, PartnerRefused or ConfigurationRefused
 * @param object the name of the relationship or scope that it is about; null for the server itself
 * @param message what is wrong, and what to do, for people; never with anything secret
 * @param since when it was first seen
 */
@ApiType
public record NodeProblem(
        String reason,
        @Nullable String object,
        String message,
        @TimeText Instant since) {}
