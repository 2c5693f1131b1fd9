import API
import Cluster
import Model
import Value

/// A volume: whose it is, and what keeps others from having it.
enum VolumeExplainer: Explainer {
    static let kinds = [Kind.persistentVolume]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        let view = PersistentVolumeView(object.value)
        let name = inquiry.name(object)
        let claim = view.claimRef
        let owner =
            claim.isNull
            ? ""
            : inquiry.name(
                .persistentVolumeClaim, claim.text(.name), in: claim.text(.namespace))
        switch view.phase {
        case "Bound": return Finding(name, "is bound to \(owner)", state: .fine)
        case "Available":
            return Finding(
                name, "is available", claim.isNull ? "" : "reserved for \(owner)", state: .fine)
        case "Released":
            return Finding(
                name, "is Released",
                "its claim \(owner) is gone, and its reclaim policy \(view.reclaimPolicy) keeps what "
                    + "is on it from the next one",
                hints: [
                    Finding.Hint(
                        "patch pv \(object.name) --type=merge -p '{\"spec\":{\"claimRef\":null}}'",
                        "gives it, with what is on it, to whoever claims it next")
                ])
        case "Failed":
            return Finding(
                name, "has failed", object.value[.status].text(.message),
                hints: [Finding.Hint("delete pv \(object.name)", "takes it away")])
        default: return Finding(name, "is new", view.phase, state: .waiting)
        }
    }
}
