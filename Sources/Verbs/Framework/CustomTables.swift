import Model
import Printers
import Value

extension VerbContext {
    /// The tables of the custom resources among `infos`, from the printer columns of their
    /// CustomResourceDefinitions; empty where all kinds are built in.
    func customTables(_ infos: [KindDescriptor]) -> [KindReference: Table] {
        var tables: [KindReference: Table] = [:]
        for info in infos where !info.kind.isBuiltIn {
            let reference = KindReference(group: info.group, kind: info.name)
            if tables[reference] != nil { continue }
            guard
                let definition = try? client.get(
                    .customResourceDefinition, namespace: "", name: info.qualifiedPlural)
            else { continue }
            let version = definition[.spec]["versions"].elements.first {
                $0.text(.name) == info.version
            }
            tables[reference] = .custom(
                printerColumns: version?["additionalPrinterColumns"] ?? .null)
        }
        return tables
    }
}
