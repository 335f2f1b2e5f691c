package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A subnet, the addresses that its clients may have, and what they are told. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Plural("dhcpscopes")
@ShortNames("dscope")
@Categories(ApiGroup.CATEGORY)
@ValidationRule(
        value = "self.metadata.name.size() <= 63",
        message = "metadata.name must have at most 63 characters, so that labels can carry it")
@JsonClassDescription(
        "DhcpScope is a subnet, the addresses that its clients may have, and what they are told. One server serves it, or the two of a failover relationship.")
@AdditionalPrinterColumn(name = "SUBNET", jsonPath = ".spec.subnet")
@AdditionalPrinterColumn(name = "RELATIONSHIP", jsonPath = ".spec.failoverRelationship")
@AdditionalPrinterColumn(
        name = "FREE",
        jsonPath = ".status.statistics.free",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "IN-USE",
        jsonPath = ".status.statistics.inUse",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "UTIL%",
        jsonPath = ".status.statistics.utilizationPercent",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "IN-SYNC", jsonPath = ".status.conditions[?(@.type==\"InSync\")].status")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "SERVER", jsonPath = ".spec.server", priority = 1)
@AdditionalPrinterColumn(name = "STATE", jsonPath = ".spec.state", priority = 1)
@AdditionalPrinterColumn(name = "LEASE", jsonPath = ".spec.leaseDuration", priority = 1)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.failoverRelationship")
@AdditionalSelectableField(jsonPath = ".spec.server")
@AdditionalSelectableField(jsonPath = ".spec.subnet")
public final class DhcpScope extends DhcpResource<DhcpScopeSpec, DhcpScopeStatus> {
    private static final long serialVersionUID = 1;
}
