package io.dhcpfailover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One imperative request, kept as the record of who asked for what. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Plural("dhcpfailoveractions")
@ShortNames("dfa")
@Categories(ApiGroup.CATEGORY)
@JsonClassDescription(
        "DhcpFailoverAction is one imperative request to a relationship or a server. It is immutable, and kept as the record of who asked for what.")
@AdditionalPrinterColumn(name = "ACTION", jsonPath = ".spec.action")
@AdditionalPrinterColumn(name = "RELATIONSHIP", jsonPath = ".spec.relationship")
@AdditionalPrinterColumn(name = "SERVER", jsonPath = ".spec.server")
@AdditionalPrinterColumn(name = "PHASE", jsonPath = ".status.phase")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "STARTED",
        jsonPath = ".status.startedAt",
        type = AdditionalPrinterColumn.Type.DATE,
        priority = 1)
@AdditionalPrinterColumn(
        name = "FINISHED",
        jsonPath = ".status.finishedAt",
        type = AdditionalPrinterColumn.Type.DATE,
        priority = 1)
@AdditionalPrinterColumn(name = "REASON", jsonPath = ".spec.reason", priority = 1)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.message", priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.relationship")
@AdditionalSelectableField(jsonPath = ".spec.server")
@AdditionalSelectableField(jsonPath = ".spec.action")
public final class DhcpFailoverAction extends DhcpResource<DhcpFailoverActionSpec, DhcpFailoverActionStatus> {
    private static final long serialVersionUID = 1;
}
