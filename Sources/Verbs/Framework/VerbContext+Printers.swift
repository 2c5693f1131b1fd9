import Model
import Printers
import Value

extension VerbContext {
    /// How objects are shown, those of `infos` as their CustomResourceDefinitions say where they have
    /// one: by the printer columns of the version.
    func printers(for infos: [KindDescriptor]) -> PrinterRegistry {
        var printers = session.printers
        var seen: Set<Kind> = []
        for info in infos where !info.kind.isBuiltIn && seen.insert(info.kind).inserted {
            guard
                let definition = try? client.get(
                    .customResourceDefinition, namespace: "", name: info.qualifiedPlural)
            else { continue }
            let version = definition[.spec]["versions"].elements.first {
                $0.text(.name) == info.version
            }
            let columns = version?["additionalPrinterColumns"] ?? .null
            printers.add(KindPrinter(table: .custom(printerColumns: columns)), for: info)
        }
        return printers
    }
}
