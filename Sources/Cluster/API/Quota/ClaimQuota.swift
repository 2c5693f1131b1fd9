import Model
import Support
import Value

extension QuotaEvaluator {
    /// Claims count with what they ask for, or with what was set aside where that is more, in all and
    /// by their class. Source: pvcEvaluator.
    static let claims: QuotaEvaluator = {
        var evaluator = QuotaEvaluator { claim, usage in addClaim(claim, to: &usage) }
        evaluator.isInScope = { scope, claim in
            scope.name == "VolumeAttributesClass"
                && scope.admits(attributesClasses(of: claim).sorted())
        }
        evaluator.frees = { old, new in
            old[.status]["allocatedResources"] != new[.status]["allocatedResources"]
                || attributesClasses(of: old) != attributesClasses(of: new)
        }
        return evaluator
    }()

    private static func addClaim(_ claim: Value, to usage: inout ResourceList) {
        let one = Quantity(Int64(1))
        usage["persistentvolumeclaims"] = one
        let annotated = claim[.metadata][.annotations]["volume.beta.kubernetes.io/storage-class"]
        let name = annotated.string ?? claim[.spec].text(.storageClassName)
        let prefix = "\(name).storageclass.storage.k8s.io"
        if !name.isEmpty { usage[Key("\(prefix)/persistentvolumeclaims")] = one }
        guard var request = Quantity(claim[.spec][.resources][.requests][.storage]) else { return }
        if let allocated = Quantity(claim[.status]["allocatedResources"][.storage]),
            allocated > request
        {
            request = allocated
        }
        if !request.isInteger { request = Quantity(request.value, format: request.format) }
        usage["requests.storage"] = request
        if !name.isEmpty { usage[Key("\(prefix)/requests.storage")] = request }
    }

    /// The classes that a claim has, wants or is on its way to.
    private static func attributesClasses(of claim: Value) -> Set<String> {
        let names = [
            claim[.spec].text("volumeAttributesClassName"),
            claim[.status].text("currentVolumeAttributesClassName"),
            claim[.status]["modifyVolumeStatus"].text("targetVolumeAttributesClassName"),
        ]
        return Set(names.filter { !$0.isEmpty })
    }
}
