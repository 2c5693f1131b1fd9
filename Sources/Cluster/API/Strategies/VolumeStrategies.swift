import Model
import Support
import Value

extension KindStrategy {
    static let persistentVolume = with { $0.initialStatus = [.phase: "Pending"] }

    static let persistentVolumeClaim = with { strategy in
        strategy.initialStatus = [.phase: "Pending"]
        strategy.quota = QuotaEvaluator { claim, usage in
            let one = Quantity(Int64(1))
            usage["persistentvolumeclaims"] = one
            let request = Quantity(claim[.spec][.resources][.requests][.storage]) ?? .zero
            usage["requests.storage"] = request
            if let name = claim[.spec][.storageClassName].string {
                let prefix = "\(name).storageclass.storage.k8s.io"
                usage[Key("\(prefix)/requests.storage")] = request
                usage[Key("\(prefix)/persistentvolumeclaims")] = one
            }
        }
    }
}
