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

/** Two servers that share scopes and leases, so that either can answer when the other does not. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Plural("dhcpfailoverrelationships")
@ShortNames("dfr")
@Categories(ApiGroup.CATEGORY)
@ValidationRule(
        value = "self.metadata.name.size() <= 63",
        message = "metadata.name must have at most 63 characters, so that labels can carry it")
@JsonClassDescription(
        "DhcpFailoverRelationship is two servers that share scopes and leases, so that either can answer when the other does not.")
@AdditionalPrinterColumn(name = "MODE", jsonPath = ".spec.mode")
@AdditionalPrinterColumn(name = "STATE", jsonPath = ".status.state")
@AdditionalPrinterColumn(name = "SINCE", jsonPath = ".status.since", type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "SCOPES", jsonPath = ".status.scopes", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "IN-SYNC",
        jsonPath = ".status.scopesInSync",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "PRIMARY", jsonPath = ".spec.primaryServer", priority = 1)
@AdditionalPrinterColumn(name = "SECONDARY", jsonPath = ".spec.secondaryServer", priority = 1)
@AdditionalPrinterColumn(name = "MCLT", jsonPath = ".spec.maxClientLeadTime", priority = 1)
@AdditionalPrinterColumn(
        name = "PENDING",
        jsonPath = ".status.pendingUpdates",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.primaryServer")
@AdditionalSelectableField(jsonPath = ".spec.secondaryServer")
@AdditionalSelectableField(jsonPath = ".spec.mode")
public final class DhcpFailoverRelationship
        extends DhcpResource<DhcpFailoverRelationshipSpec, DhcpFailoverRelationshipStatus> {
    private static final long serialVersionUID = 1;
}
